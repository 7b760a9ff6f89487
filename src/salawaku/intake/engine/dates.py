"""Birth dates as people write them: read the unique texts once, then decide per row with the NIK's help."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from salawaku.intake.engine.spelling import distance

MONTHS = {
    1: "januari january jan jnr jannuari",
    2: "februari february pebruari feb peb febuari febr",
    3: "maret march mar mrt marert",
    4: "april apr aprl",
    5: "mei may",
    6: "juni june jun",
    7: "juli july jul",
    8: "agustus august agu agt agst ags aug agus",
    9: "september sept sep septembar",
    10: "oktober october okt oct",
    11: "november nopember nov nop",
    12: "desember december des dec",
}
MONTH_OF = {name: number for number, names in MONTHS.items() for name in names.split()}
LONG_MONTHS = tuple(name for name in MONTH_OF if len(name) >= 5)

MONTH_FIRST = re.compile(r"^(?P<m>[A-Za-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4}|\d{2})$")
NAMED = re.compile(r"^(?P<d>\d{1,2})[\s,./-]*(?P<m>[A-Za-z]{3,10})[\s,./'-]*(?P<y>\d{4}|\d{2})$")
YEAR_FIRST = re.compile(r"^(?P<y>\d{4})\s*[-/. ]\s*(?P<m>\d{1,2})\s*[-/. ]\s*(?P<d>\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$")
DAY_FIRST = re.compile(
    r"^(?P<d>\d{1,2})\s*[-/., ]+\s*(?P<m>\d{1,2})\s*[-/., ]+\s*(?P<y>\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}.*)?$"
)
EIGHT = re.compile(r"^\d{8}$")
SERIAL = re.compile(r"^\d{4,5}$")
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(5_000, 60_000)  # 1913 … 2064: what a birth date can be as an Excel day number
EARLIEST = 1900


@dataclass(frozen=True, slots=True)
class Reading:
    """A date text read: day first, and month first where that is also a date. Years below 100 wait for the NIK."""

    year: int
    month: int
    day: int
    swapped: bool = False  # day and month could also stand the other way round
    forced: bool = False  # a date only if the month stands first, which nobody here writes by intention

    @property
    def short(self) -> bool:
        """The year has two digits only."""
        return self.year < 100


def month_number(word: str) -> int | None:
    """The month that a word names, in Indonesian or English, short or with one slip of the pen."""
    word = word.lower().strip(".")
    if word in MONTH_OF:
        return MONTH_OF[word]
    if len(word) < 4:
        return None
    near = {MONTH_OF[name] for name in LONG_MONTHS if distance(word, name, 2) <= (2 if len(word) > 6 else 1)}
    return near.pop() if len(near) == 1 else None


def _exists(year: int, month: int, day: int) -> bool:
    full = year if year >= 100 else 2000 + year  # 29 February is settled once the century is known
    if not EARLIEST <= full <= 2100:
        return False
    try:
        date(full, month, day)
    except ValueError:
        return year < 100 and (month, day) == (2, 29)
    return True


def _reading(year: int, month: int, day: int, *, numeric: bool = False) -> Reading | None:
    if _exists(year, month, day):
        both = numeric and day <= 12 and day != month
        return Reading(year, month, day, both)
    if numeric and _exists(year, day, month):
        return Reading(year, day, month, forced=True)
    return None


@lru_cache(maxsize=100_000)
def read_date(text: str) -> Reading | None:
    """Read one text without its place; None is a text that is no date (31-02-1984, "??")."""
    text = text.strip(" .,;:'`")
    first = MONTH_FIRST.match(text)
    named = first or NAMED.match(text)
    if named:
        month = month_number(named["m"])
        return _reading(int(named["y"]), month, int(named["d"])) if month else None
    found = YEAR_FIRST.match(text)
    if found:
        return _year_first(int(found["y"]), int(found["m"]), int(found["d"]))
    found = DAY_FIRST.match(text)
    if found:
        return _reading(int(found["y"]), int(found["m"]), int(found["d"]), numeric=True)
    return _bare_number(text)


def _year_first(year: int, month: int, day: int) -> Reading | None:
    # ISO is never month-last; 1980-31-12 has one meaning only.
    return _reading(year, month, day) or _reading(year, day, month)


def _bare_number(text: str) -> Reading | None:
    if EIGHT.match(text):
        year_first = _reading(int(text[:4]), int(text[4:6]), int(text[6:])) if text[:2] in ("19", "20") else None
        return year_first or _reading(int(text[4:]), int(text[2:4]), int(text[:2]))
    if SERIAL.match(text) and int(text) in SERIALS:
        day = EXCEL_EPOCH + timedelta(days=int(text))
        return Reading(day.year, day.month, day.day)
    return None


def split_place(texts: pl.Series) -> pl.DataFrame:
    """Columns place and date of "Ambon, 12 Maret 1980"."""
    month_first = r"^.*?\b([A-Za-z]{3,9}\.?\s+\d{1,2},\s+\d{4})$"
    frame = texts.alias("text").to_frame()
    return frame.select(
        place=pl.col("text").str.extract(r"^([^\d]*?)[\s,./:;\-]*(?:\d.*)?$", 1).replace("", None),
        date=pl.coalesce(
            pl.col("text").str.extract(month_first, 1), pl.col("text").str.extract(r"(?s)^[^\d]*(\d.*)$", 1)
        ),
    )


READ_SCHEMA = {
    "text": pl.String,
    "year": pl.Int32,
    "month": pl.Int8,
    "day": pl.Int8,
    "swapped": pl.Boolean,
    "forced": pl.Boolean,
}


def _table(texts: pl.Series) -> pl.DataFrame:
    """Every unique text with its reading; unreadable ones have no year."""
    unique = [t for t in texts.unique().to_list() if t]
    readings = [read_date(t) for t in unique]
    return pl.DataFrame(
        {
            "text": unique,
            "year": [r and r.year for r in readings],
            "month": [r and r.month for r in readings],
            "day": [r and r.day for r in readings],
            "swapped": [bool(r and r.swapped) for r in readings],
            "forced": [bool(r and r.forced) for r in readings],
        },
        schema=READ_SCHEMA,
    )


def birth_dates(texts: pl.Series, nik_birth: pl.Series, *, as_of: date) -> pl.Series:
    """The birth date of each row; `nik_birth` (date or null) decides centuries and swapped days and months.

    Days come first. A month comes first where the NIK says so, or where the NIKs of the list say so throughout.
    """
    rows = pl.DataFrame({"text": texts, "nik": nik_birth})
    rows = rows.join(_table(texts), on="text", how="left", maintain_order="left").with_columns(year=_century(as_of))
    rows = rows.with_columns(
        straight=_valid(pl.date("year", "month", "day"), "month", "day"),
        other=_valid(pl.date("year", "day", "month"), "day", "month"),
    )
    open_case = pl.col("swapped") & pl.col("nik").is_not_null()
    rows = rows.with_columns(
        day_first=(open_case & (pl.col("straight") == pl.col("nik"))).fill_null(value=False),
        month_first=(open_case & (pl.col("other") == pl.col("nik"))).fill_null(value=False),
        proved=(pl.col("forced") & (pl.col("straight") == pl.col("nik"))).fill_null(value=False),
    )
    return rows.select(birth_date=_decided(_habit(rows)))["birth_date"]


def _habit(rows: pl.DataFrame) -> bool:
    """Whether this list puts the month first: three NIKs or more say so, next to none the opposite."""
    day, month, proved = rows.select(pl.sum("day_first", "month_first", "proved")).row(0)
    return bool(month + proved >= 3 and month + proved > 9 * day)


def _decided(month_first: bool) -> pl.Expr:
    usual = pl.col("other") if month_first else pl.col("straight")
    either = pl.when("month_first").then("other").when("day_first").then("straight").otherwise(usual)
    allowed = pl.col("straight") if month_first else pl.when("proved").then("straight")
    return pl.when("swapped").then(either).when("forced").then(allowed).otherwise("straight")


def _valid(made: pl.Expr, month: str, day: str) -> pl.Expr:
    """29 February of a common year becomes null instead of an error."""
    leap = (pl.col("year") % 4 == 0) & ((pl.col("year") % 100 != 0) | (pl.col("year") % 400 == 0))
    long = pl.col(month).is_in([1, 3, 5, 7, 8, 10, 12])
    most = pl.when(pl.col(month) == 2).then(pl.when(leap).then(29).otherwise(28)).when(long).then(31).otherwise(30)
    fits = pl.col("year").is_not_null() & pl.col(month).is_between(1, 12) & (pl.col(day) <= most)
    return pl.when(fits).then(made)


def _century(as_of: date) -> pl.Expr:
    """Two-digit years: the NIK's century where the two digits agree, else the latest that is not a child's."""
    year, nik_year = pl.col("year"), pl.col("nik").dt.year()
    agrees = nik_year % 100 == year
    youngest = (as_of.year - 10) % 100
    guessed = pl.when(year <= youngest).then(2000 + year).otherwise(1900 + year)
    return pl.when(year >= 100).then(year).when(agrees).then(nik_year).otherwise(guessed)
