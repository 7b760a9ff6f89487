"""Keys under which differently spelt words meet, and the distance between two of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

OLD = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "sy"),
    ("v", "w"),
    ("ae", "ai"),
    ("y", "i"),
    ("ph", "p"),
    ("th", "t"),
)
DOUBLED = re.compile(r"(.)\1+")
NOT_LETTER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=50_000)
def letters(text: str) -> str:
    """Only the letters and digits, in lower case and without accents: "Batu Merah" and "BATUMERAH" are one."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return NOT_LETTER.sub("", bare)


@lru_cache(maxsize=50_000)
def sounds(text: str) -> str:
    """`letters` with old spellings and doubled letters evened out: "Hutumury" and "Hoetoemuri" are one."""
    key = letters(text)
    for old, new in OLD:
        key = key.replace(old, new)
    return DOUBLED.sub(r"\1", key)


def distance(one: str, other: str, limit: int) -> int:
    """Slips between two words (wrong, missing, extra or swapped letter); anything above `limit` is `limit` + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
