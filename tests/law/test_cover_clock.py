"""One worker's clock, with what the family would receive."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law import Payer, Sector, Status

DAYS = st.dates(date(2025, 3, 1), date(2028, 12, 31))
PAID = st.sets(st.integers(0, 40).map(lambda step: law.add_months(date(2025, 1, 1), step)), max_size=24)


def test_paid_to_april_ends_on_the_first_of_august() -> None:
    paid = law.months_from(date(2026, 1, 1), date(2026, 4, 1))
    clock = law.cover_clock(paid, date(2026, 5, 10))
    assert clock.status is Status.IN_GRACE
    assert clock.cover_end == date(2026, 4, 30)
    assert clock.membership_end == date(2026, 8, 1)
    assert clock.days_to_lapse == 83
    assert (clock.family_receives, clock.family_if_arrears_paid) == (0, 42_000_000)
    assert law.cover_clock(paid, date(2026, 7, 31)).status is Status.IN_GRACE
    assert law.cover_clock(paid, date(2026, 8, 1)).status is Status.ENDED


def test_full_benefit_begins_with_the_fourth_month() -> None:
    paid = law.months_from(date(2026, 4, 1), date(2026, 12, 1))
    june, july = law.cover_clock(paid, date(2026, 6, 30)), law.cover_clock(paid, date(2026, 7, 1))
    assert (june.family_receives, july.family_receives) == (10_000_000, 42_000_000)
    assert june.family_receives_work_accident == 70_000_000
    assert june.full_benefit_from == date(2026, 7, 1)
    assert law.cover_clock(paid, date(2026, 6, 30), income=1_500_000).family_receives_work_accident == 98_800_000


def test_three_unpaid_months_start_a_new_membership_and_two_do_not() -> None:
    before = law.months_from(date(2025, 1, 1), date(2025, 12, 1))
    new = law.cover_clock([*before, date(2026, 4, 1)], date(2026, 4, 15))
    kept = law.cover_clock([*before, date(2026, 3, 1)], date(2026, 3, 15))
    assert (new.membership_start, new.family_receives) == (date(2026, 4, 1), 10_000_000)
    assert (kept.membership_start, kept.family_receives) == (date(2025, 1, 1), 42_000_000)
    assert (new.months_contributed, new.consecutive_months) == (1, 1)
    assert (kept.months_contributed, kept.consecutive_months) == (13, 1)


def test_prepaid_months_count_and_future_ones_alone_do_not() -> None:
    paid = law.months_from(date(2026, 5, 1), date(2026, 7, 1))
    assert law.cover_clock(paid, date(2026, 5, 2)).cover_end == date(2026, 7, 31)
    assert law.cover_clock(paid, date(2026, 4, 30)).status is Status.NONE
    assert law.cover_clock([], date(2026, 4, 30)).status is Status.NONE


def test_arrears_and_what_they_cost_each_payer() -> None:
    clock = law.cover_clock(law.months_from(date(2025, 10, 1), date(2026, 1, 1)), date(2026, 4, 20))
    assert clock.arrears == (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))
    assert law.catch_up_cost(clock, payer=Payer.FOSTER, sector=Sector.TRANSPORT) == 3 * 8_400
    assert law.catch_up_cost(clock, payer=Payer.FOSTER, sector=Sector.OTHER) == 2 * 16_800 + 8_400
    assert law.catch_up_cost(clock, payer=Payer.APBD, sector=Sector.OTHER, income=1_500_000) == 3 * 22_800
    active = law.cover_clock([date(2026, 4, 1)], date(2026, 4, 20))
    assert active.arrears == ()
    assert law.catch_up_cost(active, payer=Payer.APBD, sector=Sector.OTHER) == 0


def test_after_the_end_only_the_exception_for_late_donors_is_left() -> None:
    paid = [date(2025, 12, 1)]
    in_grace, ended = law.cover_clock(paid, date(2026, 3, 31)), law.cover_clock(paid, date(2026, 4, 1))
    assert (in_grace.donor_exception, ended.donor_exception) == (False, True)
    assert ended.arrears == ()
    assert (ended.family_receives, ended.family_if_arrears_paid, ended.family_receives_work_accident) == (0, 0, 0)
    assert (ended.full_benefit_from, ended.scholarship_from, ended.days_to_lapse) == (None, None, 0)


def test_the_scholarship_begins_with_three_years_of_contributions() -> None:
    paid = law.months_from(date(2023, 1, 1), date(2026, 12, 1))
    assert law.cover_clock(paid, date(2026, 6, 1)).scholarship_from == date(2025, 12, 1)
    assert law.cover_clock(paid, date(2024, 6, 1)).scholarship_from == date(2025, 12, 1)
    gap = [month for month in paid if month != date(2024, 3, 1)]
    assert law.cover_clock(gap, date(2026, 6, 1)).scholarship_from == date(2026, 1, 1)


@given(PAID, DAYS)
def test_the_clock_is_consistent(paid: set[date], today: date) -> None:
    clock = law.cover_clock(paid, today)
    assert (clock.status is Status.ACTIVE) == (law.first_of_month(today) in paid)
    assert (clock.days_to_lapse > 0) == (clock.status in {Status.ACTIVE, Status.IN_GRACE})
    assert clock.family_receives <= clock.family_if_arrears_paid
    if clock.membership_end:
        assert clock.cover_end is not None
        assert law.cover_clock({m for m in paid if m <= clock.cover_end}, clock.membership_end).status is Status.ENDED
    later = law.cover_clock(paid | {law.first_of_month(today)}, today)
    assert later.status is Status.ACTIVE
    assert later.family_receives >= clock.family_receives


@given(PAID, DAYS)
def test_paying_the_arrears_keeps_the_membership(paid: set[date], today: date) -> None:
    clock = law.cover_clock(paid, today)
    caught_up = law.cover_clock(paid | set(clock.arrears), today)
    if clock.status is Status.IN_GRACE:
        assert caught_up.status is Status.ACTIVE
        assert caught_up.membership_start == clock.membership_start
        assert caught_up.family_receives == clock.family_if_arrears_paid
