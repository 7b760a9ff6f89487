"""Do two name keys name the same person? Slips of the pen are forgiven, another name is not.

Twins share birth date, village and marga, and often rhyme (Rina, Rini): two words that are both known names are
never taken for a slip of each other, and a match that twins could produce is called doubtful.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from salawaku.linkage.spelling import canonical, forms, letters, read_table

#: So common in front of other names that their absence says nothing.
FILLERS = frozenset({"muhamad", "abdul", "siti", "nur"})

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


DIFFERENT = Verdict(agree=False, similarity=0.0, level=NONE, doubtful=False)
SAME = Verdict(agree=True, similarity=1.0, level=WHOLE, doubtful=False)
NO_MATCH = Match(0.0, sure=False)
INITIAL = Match(0.8, sure=True)
#: Words that only resemble each other: worth something beside the same NIK, nothing alone.
RESEMBLANCE = Match(0.3, sure=False)
VOWELS = "aiueo"


@cache
def known_names() -> frozenset[str]:
    """Words that are names in their own right."""
    return frozenset(canonical(letters(row["name"])) for row in read_table("known_names.csv"))


@cache
def margas() -> frozenset[str]:
    """Family names that nobody is called by."""
    words: dict[str, set[str]] = {"given": set(), "marga": set()}
    for row in read_table("known_names.csv"):
        words[row["kind"]].add(canonical(letters(row["name"])))
    return frozenset(words["marga"] - words["given"])


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
    if len(short) != len(long) and OSA.distance(*_middles("".join(short), "".join(long))) == 1:
        return Verdict(agree=True, similarity=max(similarity, 0.9), level=WHOLE, doubtful=False)
    matches = {place: match for place, match in loose.items() if match.similarity > RESEMBLANCE.similarity}
    level = _level(short, long, matches) or min(_level(short, long, loose), WEAK)
    doubtful = any(_doubtful(short, long, i, j, match) for (i, j), match in matches.items())
    if level == PART and _given(long) not in {j for _, j in matches}:
        doubtful = True  # a twin may bear the middle name of the other
    return Verdict(agree=level >= PART, similarity=similarity, level=level, doubtful=doubtful and level > NONE)


def _align(short: list[str], long: list[str]) -> dict[tuple[int, int], Match]:
    """The best partner for each word, equal words first; each word is used once."""
    options = []
    for i, one in enumerate(short):
        for j, other in enumerate(long):
            match = _match(one, other)
            if match is not NO_MATCH:
                options.append((-match.similarity, abs(i - j), i, j, match))
    options.sort()
    matches: dict[tuple[int, int], Match] = {}
    for _, _, i, j, match in options:
        if all(i != taken_i and j != taken_j for taken_i, taken_j in matches):
            matches[i, j] = match
    return matches


def _similarity(short: list[str], long: list[str], matches: dict[tuple[int, int], Match]) -> float:
    matched = sum(match.similarity * len(short[i] + long[j]) for (i, j), match in matches.items())
    return round(matched / len("".join(short + long)), 4)


def _level(short: list[str], long: list[str], matches: dict[tuple[int, int], Match]) -> int:
    full = [i for i, j in matches if len(short[i]) > 1 and len(long[j]) > 1 and short[i] not in FILLERS]
    if not full:
        return NONE
    lone_short = [i for i in range(len(short)) if all(i != place for place, _ in matches)]
    lone_long = [j for j in range(len(long)) if all(j != place for _, place in matches)]
    if (not lone_short or not lone_long) and (len(full) > 1 or short[full[0]] not in margas()):
        lone_short = [i for i in lone_short if short[i] not in FILLERS]
        lone_long = [j for j in lone_long if long[j] not in FILLERS]
    if not lone_short and not lone_long:
        return WHOLE
    if not lone_short and len(full) > 1:
        return PART
    given = matches.get((_given(short), _given(long)), NO_MATCH)
    if given.similarity < 1.0 or short[_given(short)] in margas():
        return NONE
    margas_differ = len(short) - 1 in lone_short and len(long) - 1 in lone_long
    return WEAK if not lone_short or margas_differ else NONE


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
        initial, word = sorted((one, other), key=len)
        return INITIAL if any(form.startswith(initial) for form in forms(word)) else NO_MATCH
    names = (one in known_names()) + (other in known_names())
    return max(_slip(form, variant, names) for form in forms(one) for variant in forms(other))


def _slip(one: str, other: str, names: int) -> Match:
    """What one slip, or two in a long word, may have made of the other word; `names` of the two are known names."""
    shorter, longer = sorted((len(one), len(other)))
    if longer - shorter > 3:
        return NO_MATCH
    left, right = _middles(one, other)
    edits = OSA.distance(left, right)
    wrong_letter = len(left) == len(right) == 1
    if names == 2:
        return RESEMBLANCE if edits == 1 and not wrong_letter else NO_MATCH
    enough = 5 if wrong_letter else 4 if edits == 1 else 8
    if edits > 2 or longer < enough or shorter < 3:
        return RESEMBLANCE if edits * 2 <= longer else NO_MATCH
    rhyme = wrong_letter and left in VOWELS and right in VOWELS
    sure = edits == 1 and not rhyme and (shorter > 5 or (names == 1 and not wrong_letter))
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
