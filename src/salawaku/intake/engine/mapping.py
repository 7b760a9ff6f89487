"""Settling which column is which by what the cells hold, where headings are missing, doubled or wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from salawaku.intake.engine.cells import Cell, Row, column_cells, tidy
from salawaku.intake.engine.dates import read_date
from salawaku.intake.engine.headings import Heading
from salawaku.intake.engine.looks import Looks, is_date, is_nik
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.trades import Occupations

SAMPLE = 200
SURE = 0.6
# Fields that are looked for by content if no heading names them, in this order.
SOUGHT = ("nik", "birth_date", "birth_place_date", "sex", "village", "occupation", "phone", "rt_rw", "name")
ONCE = frozenset(("nik", "name", "birth_date", "birth_place_date", "sex", "occupation", "family_card", "phone"))


class Settler:
    """Looks at samples of the columns below one heading."""

    def __init__(self, rows: Sequence[Row], places: Places, occupations: Occupations) -> None:
        self._places, self._occupations = places, occupations
        self._rows = [row for row in rows if sum(1 for c in row if tidy(c)) > 2][:SAMPLE]
        self.width = max((len(row) for row in self._rows), default=0)
        self._looks: dict[int, Looks] = {}

    def cells(self, column: int) -> list[Cell]:
        """The sampled cells of a column."""
        return column_cells(self._rows, column)

    def looks(self, column: int) -> Looks:
        """What the sampled cells of a column look like."""
        if column not in self._looks:
            self._looks[column] = Looks(self.cells(column), self._places, self._occupations)
        return self._looks[column]

    def settle(self, heading: Heading) -> Heading:
        """Doubled fields to the column that holds them, missing fields to columns that look like them."""
        self._one_each(heading)
        self._mend_nik(heading)
        self._mend_village(heading)
        free = [c for c in range(self.width) if c not in heading.fields and not heading.labels.get(c)]
        unknown = [c for c in range(self.width) if c not in heading.fields and heading.labels.get(c)]
        self._seek(heading, free + unknown)
        return heading

    def _one_each(self, heading: Heading) -> None:
        for name in ONCE:
            columns = [c for c, f in heading.fields.items() if f == name]
            if len(columns) > 1:
                kept = max(columns, key=lambda c: (self._fits(c, name), -c))
                for column in columns:
                    if column != kept:
                        del heading.fields[column]

    def _fits(self, column: int, name: str) -> float:
        looks = self.looks(column)
        if name == "nik":
            return self._nik_ness(column) if looks.filled else 0.0
        return looks.share("nik" if name == "family_card" else name) + (0.01 if looks.filled else 0.0)

    def _nik_ness(self, column: int) -> float:
        """How far the numbers of a column are NIKs: birth parts that fit, women's days above 40."""
        digits = ["".join(d for d in tidy(c) if d.isdigit()) for c in self.cells(column)]
        full = [d for d in digits if len(d) == 16]
        dated = sum(1 for d in full if 1 <= int(d[6:8]) % 40 <= 31 and 1 <= int(d[8:10]) <= 12)
        women = sum(1 for d in full if 41 <= int(d[6:8]) <= 71)
        return (len(full) + dated + 4 * min(women, len(full) / 4)) / max(len(digits), 1)

    def _mend_nik(self, heading: Heading) -> None:
        """A NIK heading over something else gives way to a column of NIKs, but never to a family card."""
        column = heading.column("nik")
        if column is None or not self.looks(column).filled or self.looks(column).share("nik") > 0.1:
            return
        if any(not is_nik(tidy(c)) and sum(d.isdigit() for d in tidy(c)) > 9 for c in self.cells(column)):
            return
        better = [c for c in range(self.width) if c not in heading.fields and self.looks(c).share("nik") > SURE]
        for winner in sorted(better, key=self._nik_ness, reverse=True)[:1]:
            del heading.fields[column]
            heading.fields[winner] = "nik"

    def _mend_village(self, heading: Heading) -> None:
        """Addresses that are nothing but village names are the village column that no heading names."""
        addresses = [c for c, f in heading.fields.items() if f == "address" and self.looks(c).share("village") > 0.9]
        if heading.column("village") is None:
            heading.fields |= dict.fromkeys(addresses, "village")

    def _born_as_nik(self, column: int, heading: Heading) -> bool:
        """Whether the dates of a column are those in the NIKs; days of filling in or signing are not."""
        nik = heading.column("nik")
        if nik is None:
            return True
        pairs = zip(map(tidy, self.cells(nik)), map(tidy, self.cells(column)), strict=True)
        told = [(n, read_date(re.sub(r"^\D+", "", d))) for n, d in pairs if re.fullmatch(r"\d{16}", n) and d]
        agreeing = sum(1 for n, d in told if d and d.year % 100 == int(n[10:12]))
        return not told or agreeing > len(told) / 3

    def _seek(self, heading: Heading, columns: list[int]) -> None:
        for name in SOUGHT:
            held = set(heading.fields.values())
            if (
                name in held
                or (name == "birth_date" and "birth_place_date" in held)
                or (name == "birth_place_date" and "birth_date" in held)
            ):
                continue
            if name == "sex" and held & {"male", "female"}:
                continue
            fitting = [c for c in columns if c not in heading.fields and self._looks_like(c, name, heading)]
            if fitting:
                best = max(fitting, key=lambda c: (self._fits(c, name), -c))
                heading.fields[best] = name

    def _looks_like(self, column: int, name: str, heading: Heading) -> bool:
        looks = self.looks(column)
        least = 0.9 if heading.labels.get(column) else SURE
        if name in ("birth_date", "birth_place_date") and not self._born_as_nik(column, heading):
            return False
        if name in ("name", "occupation") and heading.labels.get(column):
            return False  # an unknown heading over words: names and trades are too easily mistaken
        if name == "nik" and looks.share("nik") >= least:
            return heading.labels.get(column) is None or self._nik_ness(column) > 1.5
        if name == "name":
            return looks.share("name") > SURE and looks.distinct > looks.filled * 0.6
        return looks.filled > 0 and looks.share(name) >= least


def headless(rows: Sequence[Row], places: Places, occupations: Occupations) -> Heading | None:
    """The columns of a list without a heading, only if NIK and name are certain."""
    data = [row for row in rows if any(is_nik(text) or is_date(c, text) for c in row if (text := tidy(c)))]
    if not data:
        return None
    settler = Settler(data, places, occupations)
    heading = settler.settle(Heading(-1, -1))
    nik, name = heading.column("nik"), heading.column("name")
    if nik is None or name is None or settler.looks(nik).share("nik") < 0.8:
        return None
    card = [c for c in range(settler.width) if c not in heading.fields and settler.looks(c).share("nik") > 0.8]
    heading.fields.update({c: "family_card" for c in card[:1]})
    heading.labels = {c: f"({letter(c)})" for c in heading.fields}
    return heading


def letter(column: int) -> str:
    """A, B, … AA as the spreadsheet names its columns."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
