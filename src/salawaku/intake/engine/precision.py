"""NIKs that a number cell has damaged: the last of sixteen digits is beyond what a spreadsheet's number holds."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from salawaku.intake.engine.cells import replaced
from salawaku.intake.engine.mapping import letter
from salawaku.intake.engine.packages import exact_numbers
from salawaku.intake.engine.refusals import FileRefused
from salawaku.intake.engine.tables import Listing

LEAST_CELLS = 3
LEAST_TEXTS = 10
SHARE = 0.9
EXACT_UP_TO = 2**53
SCIENTIFIC = r"^\d([.,]\d+)?\s?[eE]\s?\+?1[56]$"


def mend_large_numbers(path: Path, listings: Sequence[Listing]) -> None:
    """NIKs above 2^53 in number cells lose their last digit in a float: take the digits as the file writes them."""
    for listing in listings:
        column = listing.heading.column("nik")
        if column is None or not any(n > EXACT_UP_TO for n in listing.numeric):
            continue
        if not zipfile.is_zipfile(path):
            continue
        digits = exact_numbers(path, listing.sheet.name, letter(column + listing.sheet.first_column))
        table = {row: text for row, text in digits.items() if re.fullmatch(r"\d{16}", text)}
        exact = replaced(listing.rows["row"].cast(pl.String), {str(r): t for r, t in table.items()}, pl.String)
        listing.rows = listing.rows.with_columns(nik=pl.coalesce(exact, "nik"))


def guard_precision(listings: Sequence[Listing]) -> None:
    """Refuse a file whose number cells, or a CSV made of them, lost the last digits of the NIKs."""
    numbers = [n for listing in listings for n in listing.numeric if n >= 1e15]
    texts = pl.concat([listing.rows["nik"] for listing in listings]).drop_nulls()
    if _all_zero([f"{int(n)}" for n in numbers], LEAST_CELLS):
        raise FileRefused("file.nik_precision_lost")
    if _all_zero(texts.filter(texts.str.contains(r"^\d{16}$")).to_list(), LEAST_TEXTS):
        raise FileRefused("file.nik_precision_lost")
    scientific = texts.str.contains(SCIENTIFIC).sum()
    if scientific >= LEAST_CELLS and scientific * 5 >= texts.len():
        raise FileRefused("file.nik_precision_lost")


def _all_zero(numbers: Sequence[str], least: int) -> bool:
    zeros = sum(1 for n in numbers if n.endswith("0"))
    return len(numbers) >= least and zeros >= SHARE * len(numbers)
