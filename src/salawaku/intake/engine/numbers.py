"""Money, telephone numbers and the like, as columns."""

from __future__ import annotations

import re

import polars as pl

from salawaku.intake.engine.cells import replaced

SCALES = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000, "m": 1_000_000}
SCALED = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(rb|ribu|jt|juta|k)\b", re.IGNORECASE)
GROUPED = re.compile(r"^\d{1,3}([.,]\d{3})+(?:[.,]\d{1,2})?$")
MOST = 10**12
LONGEST = 60  # no amount is longer, and patterns take their time over long cells


def rupiah(text: str) -> int | None:
    """Whole rupiah from "Rp 1.500.000,-", "1,5 jt", "750000.00"; None where no single amount is meant."""
    if len(text) > LONGEST:
        return None
    text = re.sub(r"(?i)^\s*(rp|idr)\.?\s*|[\s]*(,-|\.-|/.*|per .*)$", "", text.strip()).strip()
    scaled = SCALED.match(text)
    if scaled:
        whole, _, part = scaled[1].replace(",", ".").partition(".")
        scale = SCALES[scaled[2].lower()]
        amount = int(whole) * scale + (int(part) * scale // 10 ** len(part) if part else 0)
        return amount if amount < MOST else None
    text = text.replace(" ", "")
    if GROUPED.match(text):
        text = re.sub(r"[.,]\d{1,2}$", "", text)
        return _bounded(re.sub(r"[.,]", "", text))
    return _bounded(re.sub(r"[.,]\d{1,2}$", "", text))


def _bounded(digits: str) -> int | None:
    return int(digits) if digits.isascii() and digits.isdigit() and int(digits) < MOST else None


def incomes(texts: pl.Series) -> pl.Series:
    """Whole rupiah per row."""
    unique = [t for t in texts.unique().to_list() if t]
    return replaced(texts, {t: rupiah(t) for t in unique}, pl.Int64)


def phones(name: str) -> pl.Expr:
    """Telephone numbers as text of digits that begin with 0; a number cell has lost that zero."""
    digits = pl.col(name).str.replace(r"\.0$", "").str.replace_all(r"[^\d+]", "")
    bare = digits.str.replace(r"^\+", "").str.replace(r"^62", "0").str.replace(r"^00+", "0")
    short = bare.str.contains(r"^8\d{7,12}$")
    return pl.when(short).then(pl.lit("0") + bare).when(bare != "").then(bare)


def deciles(name: str) -> pl.Expr:
    """1 to 10, or null."""
    number = pl.col(name).str.extract(r"(\d{1,2})", 1).cast(pl.Int64, strict=False)
    return pl.when(number.is_between(1, 10)).then(number)
