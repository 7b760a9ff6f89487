"""Finding the rows that head a list, and what each of its columns is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from salawaku.intake.engine.cells import Row, Sheet, tidy
from salawaku.intake.engine.looks import is_date, is_nik
from salawaku.intake.engine.naming import exact_field, field_of, field_under, plain

SEARCH_ROWS = 2_000
IDENTITY = frozenset(("nik", "name"))
# A list without NIKs must show this many other things about its people to be a list at all.
BESIDE_NAME = frozenset(
    ("birth_date", "birth_place_date", "sex", "male", "occupation", "address", "village", "family_card", "rt_rw")
)


@dataclass(slots=True)
class Heading:
    """The heading of one list: rows `first` … `last` (indexes), a label and a field per column."""

    first: int
    last: int
    labels: dict[int, str] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """How many different things about a person the columns tell."""
        return len(set(self.fields.values()))

    @property
    def fingerprint(self) -> str:
        """The same for every list with these headings in this order."""
        return layout_fingerprint([self.labels[c] for c in sorted(self.labels)])

    def column(self, name: str) -> int | None:
        """The first column of a field."""
        return next((c for c in sorted(self.fields) if self.fields[c] == name), None)

    def heads_people(self) -> bool:
        """Whether these columns can be a list of persons."""
        held = set(self.fields.values())
        return ("nik" in held and len(held) > 1) or ("name" in held and len(held & BESIDE_NAME) > 1)


def layout_fingerprint(labels: Sequence[str]) -> str:
    """A key under which a corrected mapping is remembered for this layout."""
    return hashlib.sha256("\n".join(map(plain, labels)).encode()).hexdigest()[:24]


def is_data(row: Row) -> bool:
    """Whether a row holds what only a person's row holds: a NIK-like number or a full date."""
    return any(is_nik(text) or is_date(cell, text) for cell in row if (text := tidy(cell)))


def first_heading(sheet: Sheet) -> Heading | None:
    """The best heading above the first rows of data."""
    best: Heading | None = None
    for i, row in enumerate(sheet.rows[:SEARCH_ROWS]):
        data = is_data(row)
        if data and best is not None:
            break
        if data or not _may_head(row):
            continue
        heading = heading_at(sheet, i)
        if heading and heading.heads_people() and (best is None or heading.score > best.score):
            best = heading
    return best


def _may_head(row: Row) -> bool:
    """At least two headings, one of them letter by letter: looking for misspelt ones costs too much everywhere."""
    texts = [text for cell in row if isinstance(cell, str) and (text := tidy(cell))]
    return any(map(exact_field, texts)) and len({f for text in texts if (f := field_of(text))}) >= 2


def repeats_heading(row: Row) -> bool:
    """Whether at least two cells are headings letter by letter; cheap enough for every doubtful row."""
    found = {f for cell in row if isinstance(cell, str) and (text := tidy(cell)) and (f := exact_field(text))}
    return len(found) >= 2 and bool(found & IDENTITY) and not is_data(row)


def heading_at(sheet: Sheet, i: int) -> Heading | None:
    """The heading that row `i` belongs to, alone or with the rows above and below it."""
    best: Heading | None = None
    for first, last in ((i, i), (i, i + 1), (i - 1, i), (i - 1, i + 1), (i, i + 2)):
        if first < 0 or last >= len(sheet.rows):
            continue
        heading = _over(sheet, first, last)
        if heading and (best is None or heading.score > best.score):
            best = heading
    return best


def _over(sheet: Sheet, first: int, last: int) -> Heading | None:
    rows = sheet.rows[first : last + 1]
    if any(is_data(row) or is_numbering(row) or not any(map(tidy, row)) for row in rows):
        return None
    if last > first and not all(_adjoins(above, below) for above, below in pairwise(rows)):
        return None
    heading = Heading(first, last)
    spread = [_spread(sheet, first + n, rows, n) for n in range(len(rows))]
    for column in range(max(map(len, rows))):
        own = [row[column] for row in spread if column < len(row) and row[column]]
        parts = [p for n, p in enumerate(own) if p not in own[:n]]
        if parts:
            heading.labels[column] = " ".join(parts)
            named = field_under(parts[:-1], parts[-1])
            if named:
                heading.fields[column] = named
    return _with_ticks(heading)


def _with_ticks(heading: Heading) -> Heading:
    """Two columns headed only L and P are ticks for the sex, if nothing else tells it."""
    ticks = {label.strip(" .").lower(): column for column, label in heading.labels.items()}
    if heading.column("sex") is None and heading.column("male") is None and {"l", "p"} <= ticks.keys():
        heading.fields |= {ticks["l"]: "male", ticks["p"]: "female"}
    return heading


def _adjoins(above: Row, below: Row) -> bool:
    """Whether two rows are one heading: the lower one parts cells of the upper, which is more than one title."""
    up, low = list(map(tidy, above)), list(map(tidy, below))
    titles = sum(1 for text in up if text)
    both = sum(1 for a, b in zip(up, low, strict=False) if a and b)
    short = all(len(text) <= 60 for text in (*up, *low))
    return titles >= 2 and short and both < max(2, sum(1 for text in low if text))


def _spread(sheet: Sheet, index: int, rows: Sequence[Row], n: int) -> list[str]:
    """One heading row with merged titles written over every column they span."""
    texts = list(map(tidy, rows[n]))
    if n == len(rows) - 1:
        return texts
    below = list(map(tidy, rows[n + 1]))
    texts += [""] * (len(below) - len(texts))
    for top, left, bottom, right in sheet.merged:
        if top <= index <= bottom and left < len(texts) and texts[left]:
            for column in range(left + 1, min(right + 1, len(texts))):
                texts[column] = texts[column] or texts[left]
    if not sheet.merged:
        for column in range(1, len(texts)):
            if not texts[column] and column < len(below) and below[column]:
                texts[column] = texts[column - 1]
    return texts


def is_numbering(row: Row) -> bool:
    """1 2 3 4 …, (1) (2) (3) … or a b c … under the heading."""
    texts = [t.strip("()[]. ").lower() for t in map(tidy, row) if t]
    if len(texts) < 3:
        return False
    if all(len(t) == 1 and t.isalpha() for t in texts):
        return [ord(t) - ord(texts[0]) for t in texts] == list(range(len(texts)))
    numbers = [int(t) for t in texts if t.isascii() and t.isdigit()]
    return len(numbers) == len(texts) and numbers[0] in (0, 1) and all(0 <= b - a <= 1 for a, b in pairwise(numbers))


def with_memory(heading: Heading, remembered: Mapping[str, Mapping[str, str]] | None) -> Heading:
    """The mapping that a person once corrected for this layout goes before our own reading."""
    told = (remembered or {}).get(heading.fingerprint)
    if told:
        by_label = {plain(label): name for label, name in told.items()}
        for column, label in heading.labels.items():
            name = by_label.get(plain(label))
            if name is not None:
                heading.fields.pop(column, None)
                if name:
                    heading.fields[column] = name
    return heading


def columns_of(heading: Heading, name: str) -> Iterator[int]:
    """All columns of a field, left to right."""
    return (c for c in sorted(heading.fields) if heading.fields[c] == name)
