"""Benefits: death and accident, before and after each change, for one and for many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law import Child, Item, Level, Outcome, Segment
from salawaku.law.errors import MissingError
from salawaku.law.money import AmountTooLargeError
from tests.law.test_accidents import accident, items, told

DAY = date(2025, 8, 1)
PRICE = "prosthesis_over_government_price"
AIDS = "one of hearing_aid, dentures, glasses, prosthesis"
SMALL = Child(Level.TK_SD, 4)
DAYS = st.dates(date(2015, 7, 1), date(2032, 12, 31))
WAGES = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("on", "months", "amount"),
    [
        (date(2015, 7, 1), None, 24_000_000),
        (date(2019, 12, 1), None, 24_000_000),
        (date(2019, 12, 2), None, 42_000_000),
        (date(2025, 2, 23), 0, 42_000_000),
        (date(2025, 2, 24), 0, 10_000_000),
        (DAY, 2, 10_000_000),
        (DAY, 3, 42_000_000),
    ],
)
def test_a_death_that_is_not_work_related(on: date, months: int | None, amount: int) -> None:
    assert int(law.death_benefits(on, months_of_membership=months).total) == amount


def test_only_non_wage_workers_wait() -> None:
    assert int(law.death_benefits(DAY, segment=Segment.PU).income) == 0
    assert int(law.death_benefits(DAY, segment=Segment.PU).total) == 42_000_000
    assert int(law.death_benefits(DAY, segment=Segment.JAKON).total) == 42_000_000
    with pytest.raises(MissingError, match=r"^months_of_membership is needed"):
        law.death_benefits(DAY)


def test_which_months_count_is_a_choice_that_can_be_changed() -> None:
    now = law.law_now()
    choice = now["choice.jkm.months_counted"].at(DAY)
    other = now.overlay([law.Change("choice.jkm.months_counted", replace(choice, value="contributed"))])
    few = {"months_of_membership": 5, "months_contributed": 2}
    assert int(law.death_benefits(DAY, **few).total) == 42_000_000
    assert int(law.death_benefits(DAY, **few, law=other).total) == 10_000_000
    enough = {"months_of_membership": 2, "months_contributed": 3}
    assert int(law.death_benefits(DAY, **enough, law=other).total) == 42_000_000
    with pytest.raises(MissingError, match=r"^months_contributed is needed"):
        law.death_benefits(DAY, months_of_membership=5, law=other)


@pytest.mark.parametrize(
    ("on", "wage", "amount"),
    [
        (date(2019, 12, 1), 1_000_000, 48_000_000 + 4_800_000 + 3_000_000),
        (date(2019, 12, 2), 1_000_000, 48_000_000 + 12_000_000 + 10_000_000),
        (DAY, 1_500_000, 76_800_000 + 22_000_000),
    ],
)
def test_a_death_at_work_pays_by_the_band_of_income(on: date, wage: int, amount: int) -> None:
    assert int(law.death_benefits(on, at_work=True, income=wage).total) == amount


def test_the_grant_at_work_has_a_floor() -> None:
    found = law.death_benefits(DAY, segment=Segment.PU, at_work=True, income=np.array([100_000, 416_666, 416_667]))
    assert found.reckoning.amounts[law.Key(law.Program.JKK, Item.DEATH_GRANT)].tolist() == [
        20_000_000, 20_000_000, 20_000_016,
    ]  # fmt: skip
    before = law.death_benefits(date(2019, 12, 1), segment=Segment.PU, at_work=True, income=100_000)
    assert items(before)["death_grant"] == 16_200_000


def test_bands_that_change_are_looked_up_for_each_day() -> None:
    now = law.law_now()
    row = {"income_from": 0, "income_to": None, "base": 3_000_000, "confidence": "decree"}
    bands = replace(now["bpu.income_bands"].at(DAY), begin=date(2028, 1, 1), value=(row,))
    other = now.overlay([law.Change("bpu.income_bands", bands)])
    days = [date(2027, 12, 31), date(2028, 1, 1)]
    found = law.death_benefits(days, at_work=True, income=1_500_000, law=other)
    assert found.wage.tolist() == [1_600_000, 3_000_000]
    for same in (found, law.death_benefits(DAY, at_work=True, income=1_500_000)):
        assert same.wage.dtype == np.int64
    assert found.lines(1)[0].basis[-1].value == "3000000"


def test_the_scholarship_of_jkm_asks_for_three_years() -> None:
    for months, amount in ((35, 42_000_000), (36, 42_000_000 + 87_000_000)):
        found = law.death_benefits(DAY, months_of_membership=60, months_contributed=months, children=(SMALL,))
        assert int(found.total) == amount
    with pytest.raises(MissingError) as asked:
        law.death_benefits(DAY, months_of_membership=60, children=(SMALL,))
    assert asked.value.field == "months_contributed"
    before = {"segment": Segment.PU, "children": (SMALL, SMALL)}
    assert items(law.death_benefits(date(2018, 1, 1), **before, months_contributed=60))["scholarship"] == 12_000_000
    assert "scholarship" not in items(law.death_benefits(date(2018, 1, 1), **before, months_contributed=59))


def test_the_waiting_time_holds_the_scholarship_back_too() -> None:
    found = law.death_benefits(DAY, months_of_membership=2, months_contributed=40, children=(SMALL,))
    assert items(found) == {"burial": 10_000_000}


def test_at_work_the_scholarship_does_not_wait() -> None:
    found = law.death_benefits(DAY, at_work=True, income=1_000_000, children=(SMALL, SMALL, SMALL))
    assert items(found)["scholarship"] == 174_000_000


def test_each_line_of_a_death_names_on_what_it_rests() -> None:
    burial = {"burial": [("jkm.bpu.benefit_below_min_months", "10000000"), (
        "jkm.bpu.min_months_for_full_benefit", "3"), ("choice.jkm.months_counted", "membership")]}  # fmt: skip
    assert told(law.death_benefits(DAY, months_of_membership=1)) == burial
    at_work = law.death_benefits(DAY, at_work=True, income=1_000_000, children=(SMALL,))
    usual = law.death_benefits(DAY, segment=Segment.PU, months_contributed=36, children=(SMALL,))
    for found, program in ((at_work, law.Program.JKK), (usual, law.Program.JKM)):
        assert {line.key.program for line in found.lines()} == {program}
        assert [name for name, _value in told(found)["scholarship"]] == [
            "scholarship.amount_per_year", "scholarship.max_years", "scholarship.max_children",
            "scholarship.eligibility",
        ]  # fmt: skip
    assert told(at_work)["death_grant"] == [
        ("jkk.santunan_kematian", "60% x 80 x wage = 48 x wage, at least the JKM death grant of the day"),
        ("jkm.santunan_kematian", "20000000"),
    ]


def test_a_fatal_accident_is_a_death_at_work() -> None:
    dead = accident(Outcome.DEATH, children=(SMALL,))
    assert items(dead) == items(law.death_benefits(DAY, at_work=True, income=1_000_000, children=(SMALL,)))


def test_lines_on_the_wage_name_the_band_and_others_do_not() -> None:
    grant, lump, _burial = law.death_benefits(DAY, at_work=True, income=1_500_000).lines()
    assert [used.parameter for used in grant.basis] == [
        "jkk.santunan_kematian", "jkm.santunan_kematian", "jkk.wage_basis_bpu", "bpu.income_bands",
    ]  # fmt: skip
    assert [used.parameter for used in lump.basis] == ["jkk.santunan_berkala_lump"]
    wage_earner = law.death_benefits(DAY, segment=Segment.PU, at_work=True, income=1_500_000).lines()[0]
    assert "bpu.income_bands" not in {used.parameter for used in wage_earner.basis}


@given(DAYS, st.lists(WAGES, min_size=2, max_size=2), st.sampled_from([Segment.BPU, Segment.PU]))
def test_never_negative_monotone_and_sums_up(day: date, wages: list[int], segment: Segment) -> None:
    found = law.death_benefits(day, segment=segment, at_work=True, income=np.array(sorted(wages)))
    lower, higher = found.total.tolist()
    assert 0 < lower <= higher
    assert [sum(line.amount for line in found.lines(i)) for i in (0, 1)] == [lower, higher]


@given(st.lists(st.tuples(DAYS, st.integers(0, 48), st.integers(0, 48)), min_size=1, max_size=30))
def test_many_are_answered_like_each_alone(cases: list[tuple[date, int, int]]) -> None:
    days, members, paid = zip(*cases, strict=True)
    together = law.death_benefits(
        days, months_of_membership=np.array(members), months_contributed=np.array(paid), children=(SMALL,)
    )
    alone = [
        int(law.death_benefits(d, months_of_membership=m, months_contributed=p, children=(SMALL,)).total)
        for d, m, p in cases
    ]
    assert together.total.tolist() == alone


@given(DAYS)
def test_months_of_membership_never_lower_the_benefit(day: date) -> None:
    total = law.death_benefits(day, months_of_membership=np.arange(6)).total.tolist()
    assert total == sorted(total)


def test_a_day_outside_of_the_law_is_an_error_that_names_it() -> None:
    with pytest.raises(law.OutsideValidityError, match=r"^jkm\.santunan_kematian is not known for 2015-06-30"):
        law.death_benefits(date(2015, 6, 30))
    with pytest.raises(law.OutsideValidityError, match="2015-06-30"):
        law.death_benefits([DAY, date(2015, 6, 30)], months_of_membership=5)
    with pytest.raises(law.OutsideValidityError, match="home_care_cap is not known for 2019-12-01"):
        accident(Outcome.TEMPORARY, temporary_months=1, home_care=1, on=date(2019, 12, 1))


@pytest.mark.parametrize(
    "parameter",
    [one for one in law.law_now().values() if one.subject in {"jkm", "jkk", "scholarship"}],
    ids=lambda one: one.id,
)
def test_the_day_before_and_the_day_of_each_change(parameter: law.Parameter) -> None:
    """Every line rests on values that hold on its own day."""
    for value in parameter.values:
        if value.begin is None or value.begin <= date(2015, 7, 1):
            continue
        for day in (value.begin - timedelta(days=1), value.begin):
            usual = law.death_benefits(day, months_of_membership=1, months_contributed=1)
            at_work = accident(Outcome.TOTAL_DISABILITY, on=day, temporary_months=7, transport={"land": 10**8})
            for line in (*usual.lines(), *at_work.lines()):
                for used in line.basis:
                    assert used.begin is None or used.begin <= day


def test_a_benefit_beyond_64_bits_is_refused() -> None:
    with pytest.raises(AmountTooLargeError, match=r"^the amount is too large to reckon with$"):
        accident(Outcome.TOTAL_DISABILITY, income=10**18, segment=Segment.PU)
    with pytest.raises(AmountTooLargeError):
        accident(Outcome.TEMPORARY, temporary_months=0, medical=10**20)


def test_days_are_given_in_many_ways() -> None:
    days = np.array(["2019-12-01", "2019-12-02"], dtype="datetime64[D]")
    wanted = [24_000_000, 42_000_000]
    assert law.death_benefits(days).total.tolist() == wanted
    assert law.death_benefits([date(2019, 12, 1), date(2019, 12, 2)]).total.tolist() == wanted
    found = law.death_benefits(days)
    assert (found.day_of(), found.day_of(1)) == (date(2019, 12, 1), date(2019, 12, 2))
    ordinals = np.array([date(2019, 12, 1).toordinal(), date(2019, 12, 2).toordinal()])
    assert law.death_benefits(ordinals).total.tolist() == wanted
