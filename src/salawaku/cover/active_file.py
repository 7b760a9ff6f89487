"""Reading the list of active participants that the BPJS branch sends: who is active, by NIK or participant number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from salawaku.accounts.refusal import Refusal
from salawaku.intake.engine.cells import Sheet, as_text
from salawaku.intake.engine.numbers import rupiah
from salawaku.intake.engine.refusals import FileRefused
from salawaku.intake.engine.uploads import SHORTENED, headings_in, shown_sheets

HEADINGS = {
    "nik": {"nik", "nomor induk kependudukan", "no ktp", "nomor identitas"},
    "participant_number": {"kpj", "no kpj", "nomor kpj", "nomor peserta", "participant number"},
    "status": {"status", "status kepesertaan", "status aktif", "aktif"},
    "amount": {"iuran", "jumlah iuran", "total iuran", "nominal", "amount"},
}
# What a status says; anything else is asked about: a person taken for active who is not loses the cover unseen.
ACTIVE = re.compile(r"^(aktif|active|ya?|yes|true|1|a)$|^(peserta )?aktif( [a-z ]+)?$")
INACTIVE = re.compile(
    r"^(non|tidak|tdk|t|tak|belum|inactive|in active|keluar|meninggal|mati|wafat|berhenti|pindah|pensiun|klaim|lapse"
    r"|terminated|nonaktif|no|n|false|0+|gugur)\b|^$"
)
NIK, NUMBER = re.compile(r"^[0-9]{16}$"), re.compile(r"^[0-9A-Z]{6,30}$")


class Active(NamedTuple):
    """One active participant: at least one of the two numbers; the contribution in rupiah when the list has it."""

    row: int
    nik: str
    participant_number: str
    amount: int | None


def read_active(name: str, content: bytes) -> list[Active]:
    """Everybody whom the list names as active. Refusal when it cannot be read or has neither number.

    Rows without a number (titles, sums, signatures) and rows that say "not active" are passed over.
    """
    try:
        sheets = shown_sheets(name, content)
    except FileRefused as refused:
        raise Refusal("active.unreadable", _("The file cannot be opened. Nothing was compared.")) from refused
    found = [one for sheet in sheets for one in _of_sheet(sheet)]
    if not found:
        raise Refusal(
            "active.columns",
            _("The list needs a column NIK or KPJ with at least one active participant. Nothing was compared."),
        )
    return found


def _of_sheet(sheet: Sheet) -> list[Active]:
    for place, columns in headings_in(sheet, HEADINGS):
        if {"nik", "participant_number"} & columns.keys():
            below = enumerate(sheet.rows[place + 1 :], start=sheet.first_row + place + 1)
            return [one for number, cells in below if (one := _active(number, cells, columns))]
    return []


def _active(number: int, cells: Sequence[Any], columns: dict[str, int]) -> Active | None:
    def text(field: str) -> str:
        return as_text(_cell(cells, columns.get(field))).strip()

    nik = re.sub(r"[^0-9]", "", text("nik"))
    whole = not SHORTENED.fullmatch(text("nik"))
    if not whole or (isinstance(_cell(cells, columns.get("nik")), float) and len(nik) == 16):
        raise Refusal(
            "active.nik_precision_lost",
            _("Row %(row)d holds the NIK as a number; its last digit is lost. Ask for the list with NIK as text."),
            row=number,
        )
    kpj = re.sub(r"[^0-9A-Z]", "", text("participant_number").upper())
    nik, kpj = nik if NIK.match(nik) else "", kpj if NUMBER.match(kpj) else ""
    if not (nik or kpj) or not _is_active(number, text("status"), has_status="status" in columns):
        return None
    return Active(number, nik, kpj, rupiah(text("amount")) if text("amount") else None)


def _is_active(number: int, status: str, *, has_status: bool) -> bool:
    """What the row's status says; a list without such a column names only the active. Refusal for an unknown word."""
    words = " ".join(re.sub(r"[^a-z0-9]", " ", re.sub(r"\.0+$", "", status.lower())).split())
    if not has_status or ACTIVE.match(words):
        return True
    if INACTIVE.match(words):
        return False
    raise Refusal(
        "active.status_unknown",
        _("Row %(row)d has the status “%(status)s”; write AKTIF or NON AKTIF. Nothing was compared."),
        row=number,
        status=status[:40],
    )


def _cell(cells: Sequence[Any], place: int | None) -> Any:
    return cells[place] if place is not None and place < len(cells) else ""
