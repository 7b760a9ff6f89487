"""Pages of intake."""

from salawaku.intake.views.files import (
    blank_download,
    file_confirm,
    file_detail,
    file_list,
    file_mapping,
    file_marked,
    file_progress,
    file_recheck,
    file_upload,
    file_withdraw,
)
from salawaku.intake.views.review import pair_decide, review
from salawaku.intake.views.rows import row_mend

__all__ = [
    "blank_download",
    "file_confirm",
    "file_detail",
    "file_list",
    "file_mapping",
    "file_marked",
    "file_progress",
    "file_recheck",
    "file_upload",
    "file_withdraw",
    "pair_decide",
    "review",
    "row_mend",
]
