"""Reliefs: who pays less, in which months, and on what condition."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law import Payer, Program, RiskGroup, Scheme, Sector, Segment, Standing
from tests.law.test_contributions import cost

JKK_JKM = (Program.JKK, Program.JKM)
PU = Scheme(Segment.PU, (Program.JKK, Program.JKM, Program.JHT, Program.JP))
MONTHS = st.integers(law.month_index(date(2015, 7, 1)), law.month_index(date(2032, 12, 1)))
INCOMES = st.integers(0, 10**9)


def test_the_labour_intensive_relief_asks_for_its_conditions() -> None:
    def jkk(month: date, **standing: int) -> int:
        given = Standing(**{name: np.array(number) for name, number in standing.items()})
        found = law.contributions(
            month, 10_000_000, scheme=PU, risk=RiskGroup.MEDIUM, sector=Sector.LABOUR_INTENSIVE, standing=given
        )
        return found.lines()[0].amount

    paid, unpaid = law.month_index(date(2025, 1, 1)), law.month_index(date(2024, 12, 1))
    assert jkk(date(2025, 1, 1)) == jkk(date(2026, 2, 1)) == 89_000
    assert jkk(date(2025, 2, 1)) == jkk(date(2025, 7, 1)) == jkk(date(2026, 1, 1)) == 44_500
    assert jkk(date(2025, 2, 1), paid_through=paid, employer_workers=50) == 44_500
    assert jkk(date(2025, 8, 1), paid_through=unpaid) == 89_000
    assert jkk(date(2025, 2, 1), employer_workers=49) == 89_000
    assert jkk(date(2025, 2, 1), paid_through=paid, registered=unpaid, employer_workers=50) == 44_500
    assert jkk(date(2025, 2, 1), paid_through=unpaid, registered=unpaid, employer_workers=50) == 89_000
    other = law.contributions(date(2025, 2, 1), 10_000_000, scheme=PU, risk=RiskGroup.MEDIUM, sector=Sector.OTHER)
    assert other.lines()[0].amount == 89_000


def test_newcomers_of_2020_paid_two_months_in_full() -> None:
    def paid(month: date, registered: date) -> int:
        standing = Standing(
            paid_through=np.array(law.month_index(law.add_months(month, -1))),
            registered=np.array(law.month_index(registered)),
        )
        return cost(month, standing=standing)

    start = date(2020, 9, 1)
    assert [paid(law.add_months(start, step), start) for step in range(4)] == [16_800, 16_800, 168, 168]
    assert paid(date(2020, 8, 1), date(2019, 1, 1)) == 168
    late = Standing(paid_through=np.array(law.month_index(date(2020, 6, 1))))
    assert cost(date(2020, 9, 1), standing=late) == 16_800
    assert (
        cost(date(2020, 9, 1), standing=late._replace(paid_through=np.array(law.month_index(date(2020, 7, 1)))))
        == 168
    )


@pytest.mark.parametrize(
    ("paid_through", "registered", "amount"),
    [
        (date(2020, 6, 1), date(2020, 7, 1), 16_800),  # of July, and July is not paid
        (date(2020, 7, 1), date(2020, 7, 1), 168),
        (date(2020, 6, 1), date(2020, 8, 1), 16_800),  # new in August: two months in full
    ],
)
def test_new_in_2020_is_whoever_came_in_august_or_later(paid_through: date, registered: date, amount: int) -> None:
    standing = Standing(
        np.array(law.month_index(paid_through)), registered=np.array(law.month_index(registered))
    )  # fmt: skip
    assert cost(date(2020, 9, 1), standing=standing) == amount


def test_a_payer_without_relief_is_told_why() -> None:
    (line,) = law.contributions(
        date(2026, 2, 1), 1_000_000, sector=Sector.TRANSPORT, payer=Payer.VILLAGE_FUND,
        scheme=Scheme(programs=(Program.JKM,)),
    ).lines()  # fmt: skip
    assert [used.parameter for used in line.basis] == [
        "bpu.jkm.flat", "relief.pp50_2025.excludes_government_paid", "choice.relief.excluded_payers",
    ]  # fmt: skip
    assert line.basis[-1].value == "village_fund"
    assert line.amount == 6_800


@given(MONTHS, INCOMES, st.sampled_from(Sector), st.sampled_from(Payer), st.sampled_from(Segment))
def test_a_relief_never_raises(month: int, income: int, sector: Sector, payer: Payer, segment: Segment) -> None:
    from salawaku.law.register import Register

    now = law.law_now()
    without = Register(one for one in now.values() if one.subject != "relief")
    risk = RiskGroup.HIGH if segment is Segment.PU else None
    asked = {"scheme": Scheme(segment), "sector": sector, "payer": payer, "risk": risk}
    relieved = law.contributions(np.array(month), income, **asked)
    full = law.contributions(np.array(month), income, **asked, law=without)
    for key, amount in relieved.amounts.items():
        assert int(amount) <= int(full.amounts[key])
