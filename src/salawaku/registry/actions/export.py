"""Taking a list of workers out as a workbook."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.registry.models import Worker
from salawaku.web.wording import mask

FIELDS = (
    "nik", "participant_number", "name", "birth_place", "birth_date", "sex", "address", "rt", "rw",
    "village_code", "phone", "occupation__name_id", "agency_code", "status", "died_on",
)  # fmt: skip
# The columns keep the names that intake reads, so that an exported list can be sent back as one.
HEADINGS = (
    "NIK", "No KPJ", "Nama", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "Alamat", "RT", "RW",
    "Kode Desa", "No HP", "Pekerjaan", "Kode OPD", "Status", "Tanggal Meninggal",
)  # fmt: skip


@transaction.atomic
def workers_export(*, by: User, workers: QuerySet[Worker], target: Path) -> int:
    """Write the workers into an xlsx file row by row; every cell is text, so that no formula can live in it.

    NIKs are whole only for a role that may see them. Returns the number of workers; the audit event names it.
    """
    if not by.can("register.export"):
        raise Refusal("register.no_export", _("Your role does not take lists out."))
    whole = by.can("register.unmask")
    number = 0
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Pekerja")
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(0, column, heading)
        # xlsxwriter has no bulk call: the loop is over the cells of the file, the rows come from a server cursor.
        for number, row in enumerate(workers.values_list(*FIELDS).iterator(chunk_size=5_000), start=1):
            for column, value in enumerate(row if whole else (mask(row[0]), *row[1:])):
                sheet.write_string(number, column, "" if value is None else str(value))
    audit.record(by=by, kind="list.exported", subject=by, detail={"workers": number, "whole_nik": whole})
    return number
