"""The least whole number of rupiah with which so many are covered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

YEAR = 12  # so many month's prices below a place are looked at: a worker's year
HALVINGS = 8


class Found(NamedTuple):
    """`rupiah` reaches what is wanted with `covered`; one rupiah less covers only `one_less` (None below nothing).

    Where nothing reaches it, `rupiah` is None and `covered` the most of all places looked at.
    """

    rupiah: int | None
    covered: int
    one_less: int | None


def least(covered: Callable[[int], int], wanted: int, most: int, step: int) -> Found:
    """The least rupiah from 0 to `most` for which `covered` is `wanted` or more.

    What it promises: the rupiah found reaches it, and one less does not; both were tried. More money covers more, as
    a rule; where it does not (a purse whose payers leave takes workers whom a better one would have paid for), there
    may be lower places. So the places `step` by `step` below are tried for a worker's year, and halves down from
    there; if one reaches it, the search begins anew from it. Below 12 steps nothing is left out where numbers of
    workers are whole.
    """
    tried = cache(covered)
    if tried(0) >= wanted:
        return Found(0, tried(0), None)
    hit = next((place for place in (most, *_halves(most)) if tried(place) >= wanted), None)
    if hit is None:
        return Found(None, max(tried(place) for place in (0, most, *_halves(most))), None)
    lower: int | None = hit
    while lower is not None:
        hit = _narrowed(tried, wanted, lower)
        lower = next((place for place in _below(hit, step) if tried(place) >= wanted), None)
    return Found(hit, tried(hit), tried(hit - 1))


def _narrowed(covered: Callable[[int], int], wanted: int, hit: int) -> int:
    """A place that reaches it, and the one before does not: between nothing (a miss) and `hit`."""
    miss, halve = 0, False
    while (width := hit - miss) > 1:
        place = miss + width // 2 if halve else _between(miss, covered(miss), hit, covered(hit), wanted)
        if covered(place) >= wanted:
            hit = place
        else:
            miss = place
        halve = 2 * (hit - miss) > width
    return hit


def _between(miss: int, low: int, hit: int, high: int, wanted: int) -> int:
    """Where it would be reached if each rupiah covered as many as the next."""
    place = miss + (hit - miss) * (2 * (wanted - low) - 1) // (2 * (high - low))
    return min(hit - 1, max(miss + 1, place))


def _below(place: int, step: int) -> Iterator[int]:
    for number in range(1, YEAR + 1):
        if place > number * step:
            yield place - number * step
    yield from _halves(place)


def _halves(place: int) -> Iterator[int]:
    for halving in range(1, HALVINGS + 1):
        if place >> halving:
            yield place >> halving
