"""What a NIK (nomor induk kependudukan) holds: district of first issue, birth date, sex and a serial number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast
from zoneinfo import ZoneInfo

import polars as pl

Problem = Literal["missing", "nondigit", "length", "date", "placeholder"]
Warning = Literal["serial_zero", "unknown_region"]

#: What people put around and between the digits, and spreadsheets in front of them.
NOISE = r"[\s\x1c-\x1f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad'’‘‛`´ʼʹ′.\-\u2010-\u2015\u2212]"
#: "8171010101900000.0" is the text of a float: taking its dot away would make 17 innocent digits of it.
FLOAT_TEXT = r"^\s*[0-9]{10,}\.0*\s*$"


@dataclass(frozen=True)
class NikReading:
    """One NIK as read. `value` is the cleaned text even when there is a problem; the rest only when there is none."""

    value: str | None
    problem: Problem | None
    birth_date: date | None
    sex: Literal["M", "F"] | None
    region: str | None
    warnings: tuple[Warning, ...]


def clean_nik(text: str | None) -> str | None:
    """The text without apostrophes, spaces, dots, hyphens and invisible characters; None when nothing is left."""
    return cast("str | None", pl.select(cleaned(pl.lit(text, dtype=pl.String))).item())


def read_nik(text: str | None, *, as_of: date | None = None, regions: Collection[str] | None = None) -> NikReading:
    """Read one NIK; `regions` are the known districts ("81.71.03"), without them no region is called unknown."""
    today = as_of or datetime.now(tz=ZoneInfo("Asia/Jayapura")).date()
    row = read_niks(pl.Series([text], dtype=pl.String), as_of=today).row(0, named=True)
    warnings: list[Warning] = ["serial_zero"] if row["serial_zero"] else []
    if regions is not None and row["district"] is not None and row["district"] not in regions:
        warnings.append("unknown_region")
    return NikReading(row["nik"], row["problem"], row["birth_date"], row["sex"], row["district"], tuple(warnings))


def read_niks(raw: pl.Series, *, as_of: date) -> pl.DataFrame:
    """Read a column of NIKs into nik, problem, birth_date, sex, district, serial_zero.

    `nik` is the cleaned text even when there is a problem (pass it on only where `problem` is null). The century
    is resolved so that nobody is born after `as_of`: 10 is 2010, 30 is 1930.
    """
    frame = raw.cast(pl.String).alias("raw").to_frame()
    frame = frame.select("raw", nik=cleaned(pl.col("raw")))
    frame = frame.with_columns(**_parts(), sixteen=pl.col("nik").str.contains(r"^[0-9]{16}$"))
    frame = frame.with_columns(birth_date=_birth_date(as_of)).with_columns(problem=_problem())
    usable = pl.col("problem").is_null()
    return frame.select(
        "nik",
        "problem",
        birth_date=pl.when(usable).then("birth_date"),
        sex=pl.when(usable).then(pl.when(pl.col("day") > 40).then(pl.lit("F")).otherwise(pl.lit("M"))),
        district=pl.when(usable).then(
            pl.concat_str([pl.col("nik").str.slice(start, 2) for start in (0, 2, 4)], separator=".")
        ),
        serial_zero=usable & (pl.col("nik").str.slice(12) == "0000").fill_null(value=False),
    )


def cleaned(raw: pl.Expr) -> pl.Expr:
    """The expression that repairs a NIK column; null where nothing is left."""
    bare = raw.str.replace_all(NOISE, "")
    kept = pl.when(raw.str.contains(FLOAT_TEXT)).then(raw.str.strip_chars()).otherwise(bare)
    return pl.when(kept != "").then(kept)


def _parts() -> dict[str, pl.Expr]:
    def number(start: int) -> pl.Expr:
        return pl.col("nik").str.slice(start, 2).cast(pl.Int32, strict=False)

    return {"day": number(6), "month": number(8), "year": number(10)}


def _birth_date(as_of: date) -> pl.Expr:
    """The date in digits 7 to 12, null when there is none; a woman's day is forty higher."""
    day = pl.when(pl.col("day") > 40).then(pl.col("day") - 40).otherwise(pl.col("day"))
    recent, old = (_date(century + pl.col("year"), pl.col("month"), day) for century in (2000, 1900))
    return (
        pl.when(pl.col("sixteen") & (recent <= as_of)).then(recent).when(pl.col("sixteen") & (old <= as_of)).then(old)
    )


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The date, null where the calendar has none (Polars itself refuses a whole column for one 31 February)."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    february = pl.when(leap).then(29).otherwise(28)
    last = pl.when(month == 2).then(february).otherwise(30 + (month + month // 8) % 2)
    real = month.is_between(1, 12) & (day >= 1) & (day <= last)
    return pl.date(pl.when(real).then(year), pl.when(real).then(month), pl.when(real).then(day))


def _problem() -> pl.Expr:
    nik = pl.col("nik")
    quarters = [nik.str.slice(start, 4) for start in (0, 4, 8, 12)]
    return (
        pl.when(nik.is_null())
        .then(pl.lit("missing"))
        .when(~nik.str.contains(r"^[0-9]+$"))
        .then(pl.lit("nondigit"))
        .when(~pl.col("sixteen"))
        .then(pl.lit("length"))
        .when(pl.col("birth_date").is_null())
        .then(pl.lit("date"))
        .when(pl.all_horizontal(quarter == quarters[0] for quarter in quarters[1:]))
        .then(pl.lit("placeholder"))
    )
