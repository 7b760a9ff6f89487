"""From opened sheets to one frame of raw texts: a row per person, a column per field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from salawaku.intake.engine.cells import Book, Cell, Row, Sheet, columns_of_rows, text_series, tidy
from salawaku.intake.engine.headings import (
    Heading,
    columns_of,
    first_heading,
    heading_at,
    repeats_heading,
    with_memory,
)
from salawaku.intake.engine.letterhead import Letterhead, hinted, named_at_start
from salawaku.intake.engine.mapping import Settler, headless
from salawaku.intake.engine.noise import Judge
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.trades import Occupations

# Every text column of a raw row, whether or not the list has it.
FIELDS = (
    "nik", "family_card", "name", "birth_place_date", "birth_place", "birth_date", "birth_month",
    "birth_year", "sex", "male", "female", "address",
    "rt_rw", "rt", "rw", "village", "district", "occupation", "income", "phone", "group_name", "decile", "note",
)  # fmt: skip
SECTION = re.compile(
    r"^(?:[A-Z0-9IVX]{1,4}[.)]\s*)?(?P<kind>desa|negeri|kelurahan|kel)(?:\s*/\s*(?:desa|negeri|kelurahan))*[\s.:]+(?P<name>[A-Za-z].*)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Listing:
    """One list found in a sheet: its heading, its people's raw texts and what stands around it."""

    sheet: Sheet
    heading: Heading
    rows: pl.DataFrame
    above: Letterhead
    below: Letterhead
    numeric: tuple[float, ...] = ()


@dataclass(slots=True)
class Reading:
    """What a file holds: its lists, and the names of the sheets that hold none."""

    listings: list[Listing] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    filled: bool = False


@dataclass(slots=True)
class Reader:
    """Reads the lists of a book; `remembered` maps layout fingerprints to corrected mappings."""

    places: Places
    occupations: Occupations
    as_of: date
    remembered: Mapping[str, Mapping[str, str]] | None = None

    def read(self, book: Book) -> Reading:
        """All lists of all visible sheets."""
        reading = Reading(hidden=[s.name for s in book.sheets if s.hidden])
        for sheet in book.sheets:
            if sheet.hidden or not any(any(map(tidy, row)) for row in sheet.rows):
                continue
            reading.filled = True
            found = self._listings(sheet)
            reading.listings += found
            if not found:
                reading.without.append(sheet.name)
        return _only_lists(reading)

    def _listings(self, sheet: Sheet) -> list[Listing]:
        heading = first_heading(sheet)
        if heading is None:
            heading = headless(sheet.rows, self.places, self.occupations)
        start, found = 0, []
        while heading is not None:
            listing, start, heading = self._listing(sheet, heading, start)
            found.append(listing)
        return found

    def _listing(self, sheet: Sheet, heading: Heading, start: int) -> tuple[Listing, int, Heading | None]:
        """The list below `heading`, where it ends, and the heading of another list that follows."""
        first = heading.last + 1
        rows = sheet.rows[first:]
        Settler(rows[:2_000], self.places, self.occupations).settle(heading)
        with_memory(heading, self.remembered)
        columns = columns_of_rows(rows)
        sure = _sure(columns, heading)
        kept, noise, following = self._sift(sheet, heading, rows, sure)
        end = first + (following.first - first if following else len(rows))
        last = first + (kept[-1] if kept else -1)
        above = Letterhead.of(sheet.rows[start : max(heading.first, 0)])
        below = Letterhead.of([sheet.rows[i] for i in range(last + 1, end)])
        frame = _frame(sheet, heading, columns, kept, first)
        frame = frame.with_columns(section=self._sections(rows, kept, noise))
        nik = heading.column("nik")
        numeric = tuple(c for i in kept if type(c := _cell(rows[i], nik)) is float)
        return Listing(sheet, heading, frame, above, below, numeric), last + 1, following

    def _sift(
        self, sheet: Sheet, heading: Heading, rows: Sequence[Row], sure: Sequence[bool]
    ) -> tuple[list[int], list[int], Heading | None]:
        """Indexes of people and of other rows, up to the heading of a list with other columns."""
        judge = Judge(heading.fields, self.as_of)
        number = heading.column("number")
        last_sure = max((i for i, s in enumerate(sure) if s), default=-1)
        kept: list[int] = []
        noise: list[int] = []
        for i in [i for i, s in enumerate(sure) if not s and any(rows[i])]:
            if repeats_heading(rows[i]):
                following = heading_at(sheet, heading.last + 1 + i)
                if (
                    following
                    and following.heads_people()
                    and following.labels != heading.labels
                    and not _same(following, heading)
                ):
                    return [*_until(sure, i), *kept], noise, following
            judge.last_number = _number(rows, max([last_sure, *kept[-1:]]), number)
            (kept if judge.is_person(rows[i], inside=i < last_sure) else noise).append(i)
        return sorted([*_until(sure, len(sure)), *kept]), noise, None

    def _sections(self, rows: Sequence[Row], kept: Sequence[int], noise: Sequence[int]) -> pl.Series:
        """The village of the subheading ("DESA PASSO" alone in a row) that a row stands under."""
        marks: dict[int, str] = {}
        for i in noise:
            texts = [t for t in map(tidy, rows[i]) if t]
            found = SECTION.match(texts[0]) if len(texts) == 1 else None
            codes = named_at_start(found["kind"], found["name"], self.places) if found else ()
            if len(codes) == 1:
                marks[i] = codes[0]
        if not marks:
            return pl.Series("section", [None] * len(kept), dtype=pl.String)
        places = pl.DataFrame({"i": list(marks), "section": list(marks.values())}).with_columns(
            pl.col("i").set_sorted()
        )
        order = pl.DataFrame({"i": list(kept)}, schema={"i": pl.Int64}).with_columns(pl.col("i").set_sorted())
        return order.join_asof(places, on="i", strategy="backward")["section"]


def _sure(columns: Sequence[Sequence[Cell]], heading: Heading) -> list[bool]:
    """Rows with sixteen digits and a name are people; everything else is looked at singly."""
    nik, name = heading.column("nik"), heading.column("name")
    height = len(columns[0]) if columns else 0
    if nik is None or name is None or not 0 <= max(nik, name) < len(columns):
        return [False] * height
    frame = pl.DataFrame([text_series("nik", columns[nik]), text_series("name", columns[name])])
    sixteen = pl.col("nik").str.replace_all(r"[\s.'`’\-]", "").str.contains(r"^\d{16}$")
    return frame.select(s=(sixteen & pl.col("name").str.contains("[A-Za-z]")).fill_null(value=False))["s"].to_list()


def _until(sure: Sequence[bool], end: int) -> list[int]:
    return [i for i in range(end) if sure[i]]


def _same(one: Heading, other: Heading) -> bool:
    return one.fields == other.fields


def _number(rows: Sequence[Row], i: int, column: int | None) -> int:
    """The running number of the last person above."""
    text = tidy(_cell(rows[i], column)).rstrip(".") if i >= 0 else ""
    return int(text) if text.isascii() and text.isdigit() else 0


def _cell(row: Row, column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else ""


def _frame(
    sheet: Sheet, heading: Heading, columns: Sequence[Sequence[Cell]], kept: Sequence[int], first: int
) -> pl.DataFrame:
    chosen = pl.Series(kept, dtype=pl.UInt32)
    texts = {}
    for name in FIELDS:
        parts = [text_series(name, columns[c]) for c in columns_of(heading, name) if c < len(columns)]
        texts[name] = _first_filled(name, parts, chosen)
    texts["birth_date"] = _whole_date(texts.pop("birth_month"), texts.pop("birth_year"), texts["birth_date"])
    return pl.DataFrame(
        {
            "sheet": pl.Series([sheet.name], dtype=pl.String).new_from_index(0, len(kept)),
            "row": chosen.cast(pl.Int64) + sheet.number(first),
            **texts,
        }
    )


def _first_filled(name: str, parts: Sequence[pl.Series], chosen: pl.Series) -> pl.Series:
    if not parts:
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, len(chosen))
    if len(parts) == 1:
        return parts[0].gather(chosen)
    frame = pl.DataFrame({str(n): part for n, part in enumerate(parts)})
    return frame.select(pl.coalesce(pl.all()).alias(name))[name].gather(chosen)


def _whole_date(month: pl.Series, year: pl.Series, day: pl.Series) -> pl.Series:
    """Day, month and year put together where each has a column of its own."""
    if not (month.is_not_null() & year.is_not_null()).any():
        return day
    frame = pl.DataFrame({"day": day, "month": month, "year": year})
    return frame.select(birth_date=pl.concat_str(pl.all(), separator=" ", ignore_nulls=True).replace("", None))[
        "birth_date"
    ]


def _only_lists(reading: Reading) -> Reading:
    """Beside a sheet with NIKs, a sheet of names without any is a recapitulation, not a list."""
    if any(listing.heading.column("nik") is not None for listing in reading.listings):
        dropped = [listing for listing in reading.listings if listing.heading.column("nik") is None]
        reading.without += [listing.sheet.name for listing in dropped]
        reading.listings = [listing for listing in reading.listings if listing.heading.column("nik") is not None]
    return reading


def village_hints(listing: Listing, places: Places, *, sender: str | None, file: str) -> tuple[str, ...]:
    """The village of a list whose rows name none: letterhead, sheet name, sender, file name, signature."""
    sources: tuple[Callable[[], tuple[str, ...]], ...] = (
        lambda: listing.above.villages(places),
        lambda: hinted(listing.sheet.name, places),
        lambda: (sender,) if sender else (),
        lambda: hinted(file, places),
        lambda: listing.below.villages(places),
    )
    return next((codes for source in sources if (codes := source())), ())
