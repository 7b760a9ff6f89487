"""Do two name keys name the same person? Slips of the pen are forgiven, another name is not.

Twins share birth date, village and marga, and often rhyme (Rina, Rini): two words that are both known names are
never taken for a slip of each other, and a match that twins could produce is called doubtful.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from salawaku.linkage.spelling import canonical, forms, letters, read_table

#: So common in front of other names that their absence says nothing.
FILLERS = frozenset({"muhamad", "siti"})

WHOLE, PART, WEAK, NONE = 3, 2, 1, 0


class Verdict(NamedTuple):
    """`level`: 3 every word has its partner, 2 the shorter name is part of the longer, 1 the given name only, 0 none.

    `doubtful`: twins could differ like this.
    """

    agree: bool
    similarity: float
    level: int
    doubtful: bool


class Match(NamedTuple):
    """How alike two words are; `sure` when twins could not have produced the difference."""

    similarity: float
    sure: bool


#: The similarity of words that only resemble each other: worth something beside the same NIK, nothing alone.
LOOSE = 0.3

DIFFERENT = Verdict(agree=False, similarity=0.0, level=NONE, doubtful=False)
SAME = Verdict(agree=True, similarity=1.0, level=WHOLE, doubtful=False)
NO_MATCH = Match(0.0, sure=False)


@cache
def known_names() -> frozenset[str]:
    """Words that are names in their own right."""
    return frozenset(canonical(letters(row["name"])) for row in read_table("known_names.csv"))


def judge(left: str, right: str) -> Verdict:
    """Compare two keys; the order of the two does not matter."""
    if left == right:
        return SAME
    one, other = left.split(), right.split()
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return SAME
    if (len(one), one) > (len(other), other):
        one, other = other, one
    return _compare(one, other)


def _compare(short: list[str], long: list[str]) -> Verdict:
    loose = _align(short, long)
    similarity = _similarity(short, long, loose)
    if len(short) != len(long) and _match("".join(short), "".join(long)).similarity > LOOSE:
        return Verdict(agree=True, similarity=max(similarity, 0.9), level=WHOLE, doubtful=False)
    matches = {place: match for place, match in loose.items() if match.similarity > LOOSE}
    level = _level(short, long, matches) or min(_level(short, long, loose), WEAK)
    doubtful = any(_doubtful(short, long, i, j, match) for (i, j), match in matches.items())
    return Verdict(agree=level >= PART, similarity=similarity, level=level, doubtful=doubtful and level > NONE)


def _align(short: list[str], long: list[str]) -> dict[tuple[int, int], Match]:
    """The best partner for each word, equal words first; each word is used once."""
    options = [
        (-match.similarity, abs(i - j), i, j, match)
        for i, one in enumerate(short)
        for j, other in enumerate(long)
        if (match := _match(one, other)).similarity
    ]
    matches: dict[tuple[int, int], Match] = {}
    for _, _, i, j, match in sorted(options):
        if all(i != taken_i and j != taken_j for taken_i, taken_j in matches):
            matches[i, j] = match
    return matches


def _similarity(short: list[str], long: list[str], matches: dict[tuple[int, int], Match]) -> float:
    matched = sum(match.similarity * len(short[i] + long[j]) for (i, j), match in matches.items())
    return round(matched / len("".join(short + long)), 4)


def _level(short: list[str], long: list[str], matches: dict[tuple[int, int], Match]) -> int:
    lone_short = [i for i, word in enumerate(short) if word not in FILLERS and all(i != m for m, _ in matches)]
    lone_long = [j for j, word in enumerate(long) if word not in FILLERS and all(j != m for _, m in matches)]
    full = {i: j for i, j in matches if len(short[i]) > 1 and len(long[j]) > 1 and short[i] not in FILLERS}
    if not full:
        return NONE
    if not lone_short and not lone_long:
        return WHOLE
    if not lone_short and len(full) > 1:
        return PART
    given_short, given_long = _given(short), _given(long)
    given = matches.get((given_short, given_long))
    margas_differ = len(short) - 1 in lone_short and len(long) - 1 in lone_long
    if given and given.similarity == 1.0 and (not lone_short or margas_differ):
        return WEAK
    return NONE


def _given(words: list[str]) -> int:
    """Where the first telling word stands."""
    return next((i for i, word in enumerate(words) if word not in FILLERS), 0)


def _doubtful(short: list[str], long: list[str], i: int, j: int, match: Match) -> bool:
    """Twins share the marga: a slip in the last word of a longer name is not their doing."""
    marga = len(short) > 1 and i == len(short) - 1 and j == len(long) - 1
    return not match.sure and not marga


@lru_cache(maxsize=200_000)
def _match(one: str, other: str) -> Match:
    if one == other:
        return Match(1.0, sure=True)
    if len(one) == 1 or len(other) == 1:
        return Match(0.8, sure=True) if one[0] == other[0] else NO_MATCH
    names = (one in known_names()) + (other in known_names())
    if names == 2:
        return NO_MATCH
    return max(_slip(form, variant, one_is_a_name=names == 1) for form in forms(one) for variant in forms(other))


def _slip(one: str, other: str, *, one_is_a_name: bool) -> Match:
    shorter, longer = sorted((len(one), len(other)))
    if longer - shorter > 3:
        return NO_MATCH
    left, right = _middles(one, other)
    edits = _edits(left, right)
    swapped_or_dropped = edits == 1 and (len(left), len(right)) != (1, 1)
    enough = 4 if swapped_or_dropped else 5 if edits == 1 else 8
    if edits > 2 or longer < enough or shorter < 3:
        return Match(LOOSE, sure=False) if edits * 2 <= longer else NO_MATCH
    sure = swapped_or_dropped and (one_is_a_name or shorter > 5)
    return Match(round(1 - edits / longer, 4), sure=sure)


def _middles(one: str, other: str) -> tuple[str, str]:
    """What is left of two words without their common beginning and end."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def _edits(one: str, other: str) -> int:
    """Damerau-Levenshtein (optimal string alignment) distance."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, letter in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != letter))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == letter:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
