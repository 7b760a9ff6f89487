"""One long, plain list for measurements."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from salawaku.demo.lists import names
from salawaku.demo.lists.city import nik_of, read_occupations

COLUMNS = ("NO", "NIK", "NO. KK", "NAMA LENGKAP", "TGL LAHIR", "L/P", "DESA/KELURAHAN", "PEKERJAAN", "RT/RW", "NO HP")
VILLAGES = (("817103", "Passo"), ("817103", "Halong"), ("817104", "Poka"), ("817101", "Latuhalat"))
BROKEN = ("", "81710", "8171O30101900001")


def bulk_xlsx(path: Path, rows: int, seed: int, *, faulty: float = 0.0) -> None:
    """Write a plain list of `rows` workers and ten columns, in constant memory; a share has a broken NIK."""
    rng = random.Random(f"bulk:{seed}")
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(0, column, heading)
        write = sheet.write_string
        pool = [(sex, names.make_name(sex, rng)) for sex in "MF" for _ in range(4000)]
        words = [word for occupation in read_occupations().values() for word in occupation.words]
        for row in range(1, rows + 1):
            sheet.write_number(row, 0, row)
            for column, text in enumerate(_bulk_row(row, rng, pool, words, faulty), 1):
                write(row, column, text)


def _bulk_row(
    row: int, rng: random.Random, pool: list[tuple[str, str]], words: list[str], faulty: float
) -> tuple[str, ...]:
    sex, name = rng.choice(pool)
    region, village = VILLAGES[row % len(VILLAGES)]
    # Row numbers spread over days and serials keep every NIK different up to 190 million rows.
    birth = date(1964, 1, 1) + timedelta(days=row % 15000)
    nik = nik_of(region, birth, sex, row // 15000 + 1)
    if faulty and rng.random() < faulty:
        nik = rng.choice(BROKEN)
    return (
        nik,
        f"{region}{row % 28 + 1:02d}0110{row % 9999 + 1:04d}",
        name,
        f"{birth:%d-%m-%Y}",
        "L" if sex == "M" else "P",
        village,
        rng.choice(words),
        f"{row % 12 + 1:03d}/{row % 6 + 1:03d}",
        f"08000{row % 10_000_000:07d}",
    )
