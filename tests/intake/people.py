"""Small synthetic lists for the tests of intake."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

HEADINGS = ("NIK", "Nama", "Tanggal Lahir", "JK", "Desa", "Pekerjaan")
PASSO = "Negeri Passo"
PASSO_CODE = "81.71.03.2001"


def person(number: int, **other: str) -> dict[str, str]:
    """A sound person: every number makes another birth date, name and NIK."""
    day, month, year = 1 + number % 28, 1 + number % 12, 70 + number % 25
    made = {
        "NIK": f"817103{day:02}{month:02}{year:02}{number % 10000:04}",
        "Nama": f"{GIVEN[number % len(GIVEN)]} {MARGA[number // len(GIVEN) % len(MARGA)]}",
        "Tanggal Lahir": f"{day:02}-{month:02}-19{year:02}",
        "JK": "L",
        "Desa": PASSO,
        "Pekerjaan": "nelayan",
    }
    return made | other


def workbook(rows: list[dict[str, str]], note: str = "") -> BytesIO:
    """The rows as an xlsx file; another `note` makes another content of the same people."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.set_properties({"comments": note, "created": datetime(2026, 6, 1, tzinfo=UTC)})
        sheet = book.add_worksheet("Daftar")
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows, start=1):
            for column, name in enumerate(HEADINGS):
                sheet.write_string(number, column, row[name])
    target.seek(0)
    return target


def people(first: int, last: int, **other: Any) -> list[dict[str, str]]:
    """The persons numbered first to last."""
    return [person(number, **other) for number in range(first, last + 1)]


GIVEN = (
    "Yohanis",
    "Maria",
    "Petrus",
    "Fatima",
    "Salomina",
    "Abdul",
    "Marthen",
    "Rahel",
    "Dominggus",
    "Halima",
    "Josefina",
)
MARGA = ("Latuheru", "Pattiasina", "Tuasikal", "Manuputty", "Lessy", "Sahetapy", "Hehanussa", "Wattimena", "Ohorella")
