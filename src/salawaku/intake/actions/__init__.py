"""Writing about lists: every step from receiving a file to carrying its rows into the register, and back."""

from salawaku.intake.actions.check import file_check
from salawaku.intake.actions.confirm import file_confirm, load_rows
from salawaku.intake.actions.mapping import mapping_correct
from salawaku.intake.actions.pairs import pair_decide
from salawaku.intake.actions.receive import file_receive
from salawaku.intake.actions.returning import file_return
from salawaku.intake.actions.rows import row_decide, row_mend
from salawaku.intake.actions.unmask import nik_unmask
from salawaku.intake.actions.withdraw import file_withdraw

__all__ = [
    "file_check",
    "file_confirm",
    "file_receive",
    "file_return",
    "file_withdraw",
    "load_rows",
    "mapping_correct",
    "nik_unmask",
    "pair_decide",
    "row_decide",
    "row_mend",
]
