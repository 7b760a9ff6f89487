"""The search for the least rupiah, against looking at every rupiah."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from salawaku.simulation.scheme.questions.least import YEAR, Found, least


@given(st.lists(st.integers(0, 3), min_size=1, max_size=300), st.integers(0, 400))
def test_where_more_money_never_covers_fewer_it_is_the_least_of_all(steps: list[int], wanted: int) -> None:
    covered = list(accumulate(steps))
    found = least(lambda rupiah: covered[rupiah], wanted, len(covered) - 1, 1)
    enough = [rupiah for rupiah, workers in enumerate(covered) if workers >= wanted]
    assert found.rupiah == (enough[0] if enough else None)
    assert found.covered == (covered[enough[0]] if enough else covered[-1])
    assert found.one_less == (covered[enough[0] - 1] if enough and enough[0] else None)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=300), st.integers(1, 9))
def test_where_more_money_may_cover_fewer_one_rupiah_less_does_not_reach_it(covered: list[int], wanted: int) -> None:
    found = least(lambda rupiah: covered[rupiah], wanted, len(covered) - 1, 1)
    if found.rupiah is None:
        assert found.covered < wanted
        assert covered[-1] < wanted
    elif found.rupiah:
        assert covered[found.rupiah] == found.covered >= wanted > covered[found.rupiah - 1] == found.one_less
    else:
        assert covered[0] >= wanted


@given(st.lists(st.integers(0, 5), min_size=2, max_size=YEAR + 1), st.integers(1, 5), st.integers(1, 50))
def test_within_a_workers_year_nothing_is_left_out_even_so(levels: list[int], wanted: int, step: int) -> None:
    """As many are covered until there is another month's price: looked at from the highest place that reaches it."""
    if levels[-1] < wanted:
        levels = [*levels, wanted][-YEAR - 1 :]
    found = least(lambda rupiah: levels[rupiah // step], wanted, (len(levels) - 1) * step, step)
    assert found.rupiah == next(at for at, workers in enumerate(levels) if workers >= wanted) * step


def test_a_place_far_above_is_found_in_few_tries() -> None:
    tries: list[int] = []

    def covered(rupiah: int) -> int:
        tries.append(rupiah)
        return min(70_000, rupiah // 201_600)

    assert least(covered, 50_000, 10**12, 16_800) == Found(50_000 * 201_600, 50_000, 49_999)
    assert len(tries) == len(set(tries)) < 90
