"""Cover clocks of many workers, against the same rules written plainly for one worker's set of months."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law.clocks import NEVER, clocks_of_one
from salawaku.law.months import add_months, month_from_index, month_index

FIRST = date(2022, 9, 1)
FIELDS = (
    "status", "last_paid", "membership_start", "membership_end", "months_of_membership", "months_contributed",
    "consecutive_months", "days_to_lapse", "full_benefit_from", "scholarship_from", "arrears", "is_active",
    "is_member",
)  # fmt: skip


def plainly(paid: set[int], today: date) -> dict[str, Any]:
    """The rules for one worker, month numbers in, without any array: slow and easy to check by eye."""
    now, grace = month_index(today), 3
    begun = sorted(month for month in paid if month <= now)
    if not begun:
        never = dict.fromkeys(("last_paid", "membership_start", "membership_end"), NEVER)
        return {**dict.fromkeys(FIELDS, 0), **never, "full_benefit_from": NEVER, "scholarship_from": NEVER}
    start = begun[0]
    for earlier, later in pairwise(begun):
        if later - earlier > grace:
            start = later
    last = begun[-1]
    while last >= now and last + 1 in paid:
        last += 1
    row = begun[-1]
    while row - 1 in paid:
        row -= 1
    ours = [month for month in begun if month >= start]
    end = last + grace + 1
    member, active = now < end, last >= now
    third_year = ours[35] if len(ours) >= 36 else begun[-1] + 36 - len(ours)
    return {
        "status": 1 if active else 2 if member else 3,
        "last_paid": last,
        "membership_start": start,
        "membership_end": end,
        "months_of_membership": now - start if member else 0,
        "months_contributed": len(ours),
        "consecutive_months": begun[-1] - row + 1,
        "days_to_lapse": (month_from_index(end) - today).days if member else 0,
        "full_benefit_from": start + (3 if today >= date(2025, 2, 24) else 0),
        "scholarship_from": third_year,
        "arrears": now - last if member and not active else 0,
        "is_active": active,
        "is_member": member,
    }


def columns(clocks: law.Clocks) -> list[dict[str, Any]]:
    found = {field: np.asarray(getattr(clocks, field)).tolist() for field in FIELDS}
    return [dict(zip(FIELDS, row, strict=True)) for row in zip(*found.values(), strict=True)]


@given(
    st.integers(1, 100).flatmap(
        lambda width: st.tuples(
            st.lists(st.lists(st.booleans(), min_size=width, max_size=width), min_size=1, max_size=8),
            st.integers(-2, width + 8),
            st.integers(0, 27),
        )
    )
)
def test_many_clocks_are_the_plain_rules(given_: tuple[list[list[bool]], int, int]) -> None:
    rows, now, day = given_
    today = add_months(FIRST, now).replace(day=day + 1)
    found = columns(law.cover_clocks(np.array(rows), FIRST, today))
    places = [{month_index(FIRST) + place for place, paid in enumerate(row) if paid} for row in rows]
    assert found == [plainly(paid, today) for paid in places]


@pytest.mark.parametrize("width", [1, 8, 24, 30, 31, 32, 33, 62, 63, 64, 65, 120])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.97, 1.0])
def test_every_width_of_number_holds(width: int, share: float) -> None:
    paid = np.random.default_rng(width).random((50, width)) < share
    for now in (0, width // 2, width - 1, width, width + 3, width + 4):
        today = add_months(FIRST, now).replace(day=10)
        places = [{month_index(FIRST) + int(place) for place in np.flatnonzero(row)} for row in paid]
        assert columns(law.cover_clocks(paid, FIRST, today)) == [plainly(months, today) for months in places]


@given(st.sets(st.integers(0, 130), max_size=60), st.integers(0, 140))
def test_one_worker_takes_the_same_path(paid: set[int], now: int) -> None:
    today = add_months(FIRST, now).replace(day=15)
    months = [add_months(FIRST, step) for step in paid]
    assert columns(clocks_of_one(months, today)) == [plainly({month_index(month) for month in months}, today)]


def test_a_day_on_which_the_rules_are_not_known_is_an_error() -> None:
    with pytest.raises(law.OutsideValidityError, match=r"max_catch_up_months is not known for 2022-06-30"):
        law.cover_clocks(np.ones((1, 3), np.bool_), date(2022, 1, 1), date(2022, 6, 30))


def test_the_months_the_law_names() -> None:
    assert tuple(law.MembershipRules.on(law.law_now(), date(2026, 1, 1))) == (3, 3, 36)
    assert tuple(law.MembershipRules.on(law.law_now(), date(2025, 2, 23))) == (3, 0, 36)
