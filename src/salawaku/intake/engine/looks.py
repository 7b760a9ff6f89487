"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from salawaku.intake.engine.cells import Cell, tidy
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.trades import Occupations

NIK_LIKE = re.compile(
    r"^'?\d{2}[ .\-]?\d{2}[ .\-]?\d{2}[ .\-]?\d{2}[ .\-]?\d{2}[ .\-]?\d{2}[ .\-]?\d{4}'?$|^\d{16}(\.0)?$"
)
SIXTEEN = re.compile(r"^\D{0,2}\d{15,17}\D{0,2}$")
LOST = re.compile(r"^\d[.,]\d+\s?[eE]\s?\+?1[56]$")
WRITTEN_DATE = r"\d{1,2}\s?[-/. ]\s?(\d{1,2}|[A-Za-z]{3,10})\s?[-/. ]\s?\d{2,4}$"
DATE_LIKE = re.compile(rf"^{WRITTEN_DATE}|^\d{{4}}-\d{{1,2}}-\d{{1,2}}|^\d{{4}}/\d{{1,2}}/\d{{1,2}}$")
PLACE_DATE = re.compile(rf"^[A-Za-z .'()/-]{{3,40}}[,/.]?\s*{WRITTEN_DATE}")
SEXES = re.compile(r"^(l|p|lk|pr|laki[- ]?laki|laki2?|perempuan|pria|wanita|m|f|male|female|w)\.?$", re.IGNORECASE)
PHONE = re.compile(r"^(\+?62|0)?8\d{7,12}$")
RT_RW = re.compile(r"^\d{1,3}\s?/\s?\d{1,3}$")
NAME_LIKE = re.compile(r"^[A-Za-z][A-Za-z .,'`’/()-]{2,60}$")


def is_nik(text: str) -> bool:
    """Sixteen digits, also grouped, or what a number cell made of them."""
    return bool(NIK_LIKE.match(text) or SIXTEEN.match(re.sub(r"[\s.'`\-]", "", text)) or LOST.match(text))


def is_date(cell: Cell, text: str) -> bool:
    """A date cell or a text that is written like a date."""
    return isinstance(cell, date) or bool(DATE_LIKE.match(text))


class Looks:
    """Shares of what a sample of a column's cells look like."""

    def __init__(self, cells: Sequence[Cell], places: Places, occupations: Occupations) -> None:
        texts = [(cell, text) for cell in cells if (text := tidy(cell))]
        self.filled = len(texts)
        counts: Counter[str] = Counter()
        for cell, text in texts:
            counts[self._kind(cell, text, places, occupations)] += 1
        self.counts = counts
        self.distinct = len({text for _, text in texts})

    @staticmethod
    def _kind(cell: Cell, text: str, places: Places, occupations: Occupations) -> str:
        tests: tuple[tuple[str, Callable[[], object]], ...] = (
            ("nik", lambda: is_nik(text)),
            ("birth_date", lambda: is_date(cell, text)),
            ("birth_place_date", lambda: PLACE_DATE.match(text)),
            ("sex", lambda: SEXES.match(text)),
            ("phone", lambda: PHONE.match(re.sub(r"[\s.\-]", "", text))),
            ("rt_rw", lambda: RT_RW.match(text)),
            ("village", lambda: places.find(text).codes),
            ("occupation", lambda: occupations.find(text)),
            ("name", lambda: NAME_LIKE.match(text)),
        )
        return next((kind for kind, test in tests if test()), "other")

    def share(self, kind: str) -> float:
        """The share of filled cells that look like `kind`."""
        return self.counts[kind] / self.filled if self.filled else 0.0
