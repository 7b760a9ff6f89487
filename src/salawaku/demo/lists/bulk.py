"""One long, plain list for measurements, spread over a city as people are: few share a village and a birthday."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from salawaku.demo.lists import names
from salawaku.demo.lists.city import find_villages, nik_of, read_occupations
from salawaku.regions.table import region_table

COLUMNS = ("NO", "NIK", "NO. KK", "NAMA LENGKAP", "TGL LAHIR", "L/P", "DESA/KELURAHAN", "PEKERJAAN", "RT/RW", "NO HP")
BROKEN = ("", "81710", "8171O30101900001")
YOUNGEST, OLDEST = date(2007, 1, 1), date(1963, 1, 1)


def bulk_xlsx(path: Path, rows: int, seed: int, *, faulty: float = 0.0) -> None:
    """Write a plain list of `rows` workers and ten columns, in constant memory; a share has a broken NIK."""
    rng = random.Random(f"bulk:{seed}")
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(0, column, heading)
        write = sheet.write_string
        for row, texts in zip(range(1, rows + 1), bulk_rows(rng, faulty), strict=False):
            sheet.write_number(row, 0, row)
            for column, text in enumerate(texts, 1):
                write(row, column, text)


def bulk_rows(rng: random.Random, faulty: float) -> Iterator[tuple[str, ...]]:
    """The texts of one worker after the other, without end; every NIK is another."""
    pool = [(sex, names.make_name(sex, rng)) for sex in "MF" for _ in range(30_000)]
    words = [word for occupation in read_occupations().values() for word in occupation.words]
    villages = find_villages(region_table(), "81.71")
    days = (YOUNGEST - OLDEST).days
    used: set[str] = set()
    while True:
        sex, name = rng.choice(pool)
        village = rng.choice(villages)
        birth = OLDEST + timedelta(days=rng.randrange(days))
        region = village.code.replace(".", "")[:6]
        nik = nik_of(region, birth, sex, rng.randrange(1, 10_000))
        if nik in used:
            continue
        used.add(nik)
        yield (
            rng.choice(BROKEN) if faulty and rng.random() < faulty else nik,
            f"{region}{rng.randrange(1, 29):02d}0110{rng.randrange(1, 10_000):04d}",
            name,
            f"{birth:%d-%m-%Y}",
            "L" if sex == "M" else "P",
            f"{village.kind.capitalize()} {village.name}",
            rng.choice(words),
            f"{rng.randrange(1, 13):03d}/{rng.randrange(1, 7):03d}",
            f"08000{len(used) % 10_000_000:07d}",
        )
