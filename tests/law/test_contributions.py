"""Contributions: by month, segment, sector and payer; for one and for many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law import Payer, Program, RiskGroup, Scheme, Sector, Segment, Share
from salawaku.law.errors import MissingError, NotAllowedError
from salawaku.law.money import AmountTooLargeError

JKK_JKM = (Program.JKK, Program.JKM)
PU = Scheme(Segment.PU, (Program.JKK, Program.JKM, Program.JHT, Program.JP))
MONTHS = st.integers(law.month_index(date(2015, 7, 1)), law.month_index(date(2032, 12, 1)))
INCOMES = st.integers(0, 10**9)


def cost(month: date, **more: object) -> int:
    return int(law.contributions(month, 1_000_000, **more).total)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("month", "payer", "sector", "amount"),
    [
        (date(2026, 2, 1), Payer.FOSTER, Sector.TRANSPORT, 8_400),
        (date(2026, 2, 1), Payer.APBD, Sector.TRANSPORT, 16_800),
        (date(2026, 2, 1), Payer.FOSTER, Sector.OTHER, 16_800),
        (date(2025, 12, 1), Payer.SELF, Sector.TRANSPORT, 16_800),
        (date(2026, 1, 1), Payer.SELF, Sector.TRANSPORT, 8_400),
        (date(2027, 3, 31), Payer.SELF, Sector.TRANSPORT, 8_400),
        (date(2027, 4, 1), Payer.SELF, Sector.TRANSPORT, 16_800),
        (date(2026, 3, 31), Payer.CSR, Sector.OTHER, 16_800),
        (date(2026, 4, 1), Payer.CSR, Sector.LABOUR_INTENSIVE, 8_400),
        (date(2026, 12, 1), Payer.CSR, Sector.OTHER, 8_400),
        (date(2027, 1, 1), Payer.CSR, Sector.OTHER, 16_800),
        (date(2026, 5, 1), Payer.EMPLOYER, Sector.OTHER, 8_400),
        (date(2026, 5, 1), Payer.VILLAGE_FUND, Sector.OTHER, 16_800),
        (date(2026, 5, 1), Payer.APBN, Sector.OTHER, 16_800),
        (date(2020, 7, 1), Payer.SELF, Sector.OTHER, 16_800),
        (date(2020, 8, 1), Payer.APBD, Sector.OTHER, 168),
        (date(2021, 1, 1), Payer.SELF, Sector.TRANSPORT, 168),
        (date(2021, 2, 1), Payer.SELF, Sector.OTHER, 16_800),
    ],
)
def test_contribution_by_month_payer_and_sector(month: date, payer: Payer, sector: Sector, amount: int) -> None:
    assert cost(month, payer=payer, sector=sector) == amount


@pytest.mark.parametrize(
    ("income", "jkk"),
    [
        (0, 10_000), (1_099_000, 10_000), (1_099_999, 10_000), (1_100_000, 12_000), (2_699_999, 26_000),
        (2_700_000, 29_500), (20_199_999, 197_000), (20_200_000, 207_000), (10**12, 207_000),
    ],
)  # fmt: skip
def test_an_income_falls_into_its_band(income: int, jkk: int) -> None:
    found = law.contributions(date(2025, 1, 1), income)
    assert [line.amount for line in found.lines()] == [jkk, 6_800]


@pytest.mark.parametrize(
    ("risk", "jkk"),
    [(RiskGroup.VERY_LOW, 24_000), (RiskGroup.LOW, 54_000), (RiskGroup.MEDIUM, 89_000), (RiskGroup.HIGH, 127_000),
     (RiskGroup.VERY_HIGH, 174_000)],
)  # fmt: skip
def test_a_wage_earner_pays_by_risk(risk: RiskGroup, jkk: int) -> None:
    found = law.contributions(date(2024, 5, 1), 10_000_000, scheme=PU, risk=risk)
    assert [line.amount for line in found.lines()] == [jkk, 30_000, 370_000, 200_000, 200_000, 100_000]


def test_pension_stops_at_its_ceiling_of_the_year() -> None:
    scheme = Scheme(Segment.PU, (Program.JP,))
    months = [date(2016, 2, 1), date(2016, 3, 1), date(2024, 2, 1), date(2024, 3, 1), date(2026, 3, 1)]
    total = law.contributions(months, 20_000_000, scheme=scheme).total.tolist()
    assert total == [210_000, 220_059, 286_788, 301_269, 332_589]
    below = law.contributions(date(2026, 3, 1), 11_086_300, scheme=scheme).total
    assert int(below) == total[-1] == int(law.contributions(date(2026, 3, 1), 11_086_301, scheme=scheme).total)


def test_jkp_takes_nothing_more_from_the_employer() -> None:
    with_jkp = Scheme(Segment.PU, (Program.JKK, Program.JKM, Program.JKP))
    without = Scheme(Segment.PU, JKK_JKM)
    for month in (date(2024, 1, 1), date(2026, 1, 1)):
        found = law.contributions(month, 5_000_000, scheme=with_jkp, risk=RiskGroup.MEDIUM)
        borne = sum(line.amount for line in found.lines() if line.key.part is Share.EMPLOYER)
        assert borne == int(law.contributions(month, 5_000_000, scheme=without, risk=RiskGroup.MEDIUM).total)
        assert int(found.amounts[law.Key(Program.JKP, Share.GOVERNMENT)]) == 11_000
    before, after = (
        {
            line.key.program: line.amount
            for line in law.contributions(month, 5_000_000, scheme=with_jkp, risk=RiskGroup.MEDIUM).lines()
            if line.key.part is Share.EMPLOYER
        }
        for month in (date(2025, 2, 1), date(2025, 3, 1))
    )
    assert before == {Program.JKK: 37_500, Program.JKM: 10_000, Program.JKP: 12_000}
    assert after == {Program.JKK: 37_500, Program.JKM: 15_000, Program.JKP: 7_000}


@pytest.mark.parametrize(
    ("value", "jkk", "jkm"),
    [
        (0, 0, 0),
        (100_000_000, 210_000, 30_000),
        (500_000_000, 890_000, 110_000),
        (1_000_000_000, 1_540_000, 210_000),
        (5_000_000_000, 5_940_000, 610_000),
        (6_000_000_000, 6_840_000, 710_000),
    ],
)
def test_a_contract_pays_by_marginal_tiers(value: int, jkk: int, jkm: int) -> None:
    found = law.contributions(date(2025, 1, 1), value, scheme=Scheme(Segment.JAKON, wage_known=False))
    assert [line.amount for line in found.lines()] == [jkk, jkm]
    assert {line.key.part for line in found.lines()} == {Share.CONTRACTOR}


def test_construction_with_known_wages_pays_on_them() -> None:
    found = law.contributions(date(2025, 1, 1), 10_000_000, scheme=Scheme(Segment.JAKON))
    assert [line.amount for line in found.lines()] == [174_000, 30_000]


def test_each_line_names_on_what_it_rests() -> None:
    jkk, jkm = law.contributions(date(2026, 2, 1), 1_000_000, sector=Sector.TRANSPORT, payer=Payer.FOSTER).lines()
    assert [used.parameter for used in jkk.basis] == ["bpu.jkk.rate", "relief.pp50_2025", "bpu.income_bands"]
    assert [used.value for used in jkk.basis] == ["1%", "50%", "1000000"]
    assert [used.parameter for used in jkm.basis] == ["bpu.jkm.flat", "relief.pp50_2025"]
    assert jkk.basis[1].source == "PP 50/2025 Pasal 3-4"
    assert jkk.basis[0].begin == date(2015, 7, 1)


JKP_TOO = Scheme(Segment.PU, tuple(Program))


@pytest.mark.parametrize(
    ("month", "scheme", "basis"),
    [
        (date(2025, 2, 1), JKP_TOO, [
            ("JKK employer", [("pu.jkk.rate_by_risk_group", "0.54%"), ("pu.jkp.rate", "0.14%")]),
            ("JKM employer", [("pu.jkm.rate", "0.3%"), ("pu.jkp.rate", "0.1%")]),
            ("JHT employer", [("pu.jht.rate", "3.7%")]),
            ("JHT worker", [("pu.jht.rate", "2%")]),
            ("JP employer", [("pu.jp.rate", "2%"), ("pu.jp.wage_ceiling", "10042300")]),
            ("JP worker", [("pu.jp.rate", "1%"), ("pu.jp.wage_ceiling", "10042300")]),
            ("JKP employer", [("pu.jkp.rate", "0.24%")]),
            ("JKP government", [("pu.jkp.rate", "0.22%")]),
        ]),
        (date(2025, 3, 1), Scheme(Segment.PU, (Program.JKM, Program.JKP)), [
            ("JKM employer", [("pu.jkm.rate", "0.3%")]),
            ("JKP employer", [("pu.jkp.rate", "0.14%")]),
            ("JKP government", [("pu.jkp.rate", "0.22%")]),
        ]),
        (date(2025, 2, 1), Scheme(Segment.PU, (Program.JKK,)), [
            ("JKK employer", [("pu.jkk.rate_by_risk_group", "0.54%")]),
        ]),
        (date(2025, 2, 1), Scheme(Segment.JAKON), [
            ("JKK contractor", [("jakon.rate_when_wage_known", "1.74%")]),
            ("JKM contractor", [("jakon.rate_when_wage_known", "0.3%")]),
        ]),
        (date(2025, 2, 1), Scheme(Segment.JAKON, wage_known=False), [
            ("JKK contractor", [("jakon.tiers_by_contract_value", "0.21%, 0.17%, 0.13%, 0.11%, 0.09%")]),
            ("JKM contractor", [("jakon.tiers_by_contract_value", "0.03%, 0.02%, 0.02%, 0.01%, 0.01%")]),
        ]),
    ],
)  # fmt: skip
def test_each_line_of_a_wage_or_contract_names_its_rate(
    month: date, scheme: Scheme, basis: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    lines = law.contributions(month, 10_000_000, scheme=scheme, risk=RiskGroup.LOW).lines()
    assert basis == [
        (
            f"{line.key.program.value} {line.key.part.value}",
            [(used.parameter, used.value) for used in line.basis],
        )
        for line in lines
    ]


@pytest.mark.parametrize(
    ("scheme", "wage", "lines"),
    [
        (Scheme(Segment.PU, (Program.JHT,)), 25, [1, 1]),
        (Scheme(Segment.PU, (Program.JP,)), 50, [1, 1]),
        (Scheme(Segment.PU, (Program.JKK,)), 250, [1]),
        (Scheme(Segment.JAKON), 500, [9, 2]),
    ],
)
def test_a_rate_counts_from_the_first_rupiah(scheme: Scheme, wage: int, lines: list[int]) -> None:
    risk = RiskGroup.VERY_LOW if scheme.segment is Segment.PU else None
    found = law.contributions(date(2025, 2, 1), wage, scheme=scheme, risk=risk).lines()
    assert [line.amount for line in found] == lines


def test_whole_amounts_stay_whole_however_fractions_are_rounded() -> None:
    now = law.law_now()
    for rule in ("down", "exact"):
        other = now.overlay([law.Change("choice.rounding", replace(now["choice.rounding"].values[0], value=rule))])
        found = law.contributions(date(2025, 2, 1), 0, scheme=Scheme(programs=(Program.JKK, Program.JHT)), law=other)
        assert [line.amount for line in found.lines()] == [10_000, 20_000]


def test_a_row_of_the_bands_from_memory_says_so() -> None:
    for income, sure in ((1_000_000, "secondary"), (1_500_000, "memory"), (21_000_000, "secondary")):
        line = law.contributions(date(2025, 1, 1), income).lines()[0]
        assert line.basis[-1].confidence.value == sure


@given(MONTHS, INCOMES, INCOMES, st.sampled_from(Sector), st.sampled_from(Payer))
def test_never_negative_monotone_and_sums_up(month: int, one: int, other: int, sector: Sector, payer: Payer) -> None:
    low, high = sorted((one, other))
    found = law.contributions(
        np.array(month), np.array([low, high]), sector=sector, payer=payer,
        scheme=Scheme(programs=(Program.JKK, Program.JKM, Program.JHT)),
    )  # fmt: skip
    lower, higher = found.total.tolist()
    assert 0 <= lower <= higher
    for index, total in enumerate((lower, higher)):
        assert sum(line.amount for line in found.lines(index)) == total


@given(MONTHS, st.lists(INCOMES, min_size=2, max_size=2), st.sampled_from(RiskGroup), st.sampled_from(Sector))
def test_wages_are_monotone_too(month: int, wages: list[int], risk: RiskGroup, sector: Sector) -> None:
    lower, higher = law.contributions(
        np.array(month), np.array(sorted(wages)), scheme=PU, risk=risk, sector=sector
    ).total.tolist()
    assert 0 <= lower <= higher


@given(st.lists(st.integers(0, 10**13), min_size=2, max_size=2))
def test_contracts_are_monotone_too(values: list[int]) -> None:
    lower, higher = law.contributions(
        date(2025, 1, 1), np.array(sorted(values)), scheme=Scheme(Segment.JAKON, wage_known=False)
    ).total.tolist()
    assert 0 <= lower <= higher


@given(
    st.lists(
        st.tuples(MONTHS, INCOMES, st.integers(0, len(Sector) - 1), st.integers(0, len(Payer) - 1)),
        min_size=1, max_size=40,
    )
)  # fmt: skip
def test_many_are_answered_like_each_alone(cases: list[tuple[int, int, int, int]]) -> None:
    months, incomes, sectors, payers = (np.array(column) for column in zip(*cases, strict=True))
    together = law.contributions(months, incomes, sector=sectors, payer=payers).total.tolist()
    alone = [
        int(law.contributions(np.array(m), i, sector=list(Sector)[s], payer=list(Payer)[p]).total)
        for m, i, s, p in cases
    ]
    assert together == alone


@given(INCOMES, st.sampled_from(RiskGroup))
def test_a_line_is_the_exact_share_rounded_half_up(wage: int, risk: RiskGroup) -> None:
    rate = law.law_now().at("pu.jkk.rate_by_risk_group", date(2025, 1, 1))[risk.value]
    line = law.contributions(date(2025, 1, 1), wage, scheme=Scheme(Segment.PU, (Program.JKK,)), risk=risk).lines()[0]
    assert line.amount == (wage * rate + Fraction(1, 2)) // 1


@pytest.mark.parametrize("month", [date(2015, 6, 1), date(2000, 1, 1), date(1, 1, 1)])
def test_a_month_outside_of_the_law_is_an_error_that_names_it(month: date) -> None:
    with pytest.raises(law.OutsideValidityError, match=rf"^bpu\.jkk\.rate is not known for {month:%Y-%m-%d}"):
        law.contributions([date(2025, 1, 1), month], 1_000_000)


@pytest.mark.parametrize("month", [11, 12 * 9999])
def test_a_month_outside_of_the_calendar_is_an_error(month: int) -> None:
    with pytest.raises(ValueError, match="calendar"):
        law.contributions(np.array([month]), 1_000_000)


def test_what_a_segment_does_not_have_is_refused() -> None:
    with pytest.raises(NotAllowedError, match="programs is JP"):
        law.contributions(date(2025, 1, 1), 1_000_000, scheme=Scheme(Segment.BPU, (Program.JP,)))
    with pytest.raises(MissingError) as asked:
        law.contributions(date(2025, 1, 1), 1_000_000, scheme=PU)
    assert asked.value.field == "risk_group"


def test_amounts_are_whole_positive_and_fit() -> None:
    with pytest.raises(TypeError, match="whole number"):
        law.contributions(date(2025, 1, 1), np.array([1_000_000.5]))
    with pytest.raises(ValueError, match="negative"):
        law.contributions(date(2025, 1, 1), -1)
    for beyond in (2**63, 10**30):
        with pytest.raises(AmountTooLargeError):
            law.contributions(date(2025, 1, 1), beyond, scheme=PU, risk=RiskGroup.LOW)


def test_what_64_bits_do_not_hold_is_still_exact() -> None:
    found = law.contributions(date(2025, 1, 1), [10**18, 7], scheme=Scheme(Segment.PU, (Program.JHT,)))
    assert found.total.tolist() == [57 * 10**15, 0]
    assert found.total.dtype == np.int64


def test_wages_that_a_float_does_not_hold_are_exact() -> None:
    wages = [2**53 + step for step in range(100)]
    found = law.contributions(date(2025, 1, 1), wages, scheme=Scheme(Segment.PU, (Program.JHT,)))
    worker = found.amounts[law.Key(Program.JHT, Share.WORKER)].tolist()
    assert worker == [(2 * wage + 50) // 100 for wage in wages]
    rates = law.law_now().at("pu.jkk.rate_by_risk_group", date(2025, 1, 1))
    for lowest in (2**53, 2**60):
        wages, risks = [lowest + step for step in range(200)], [RiskGroup.VERY_LOW, RiskGroup.HIGH] * 100
        found = law.contributions(date(2025, 1, 1), wages, scheme=Scheme(Segment.PU, (Program.JKK,)), risk=risks)
        assert found.total.tolist() == [
            (wage * rates[risk.value] + Fraction(1, 2)) // 1 for wage, risk in zip(wages, risks, strict=True)
        ]


def test_columns_are_given_in_many_ways() -> None:
    wanted = [8_400, 16_800]
    months = np.array(["2026-02", "2026-02"], dtype="datetime64[M]")
    by_members = law.contributions(months, 1_000_000, sector=Sector.TRANSPORT, payer=[Payer.SELF, Payer.APBD])
    places = np.array([list(Payer).index(payer) for payer in (Payer.SELF, Payer.APBD)])
    by_places = law.contributions([date(2026, 2, 1)] * 2, [1_000_000] * 2, sector=Sector.TRANSPORT, payer=places)
    assert by_members.total.tolist() == by_places.total.tolist() == wanted
    by_payer = law.contributions(date(2026, 2, 1), 1_000_000, sector=Sector.TRANSPORT, payer=places)
    assert by_payer.total.tolist() == wanted
    with pytest.raises(ValueError, match="outside of Payer"):
        law.contributions(date(2026, 2, 1), 1_000_000, payer=np.array([7]))


def test_a_grid_is_broadcast() -> None:
    found = law.contributions(
        [date(2026, 3, 1), date(2026, 4, 1)], np.array([[1_000_000], [2_000_000]]), payer=Payer.CSR
    )
    assert found.total.tolist() == [[16_800, 8_400], [26_800, 13_400]]
    assert [line.amount for line in found.lines(3)] == [10_000, 3_400]


def test_no_case_is_no_contribution() -> None:
    assert law.contributions(np.array([], np.int64), np.array([], np.int64)).total.tolist() == []


def test_bands_may_be_printed_to_the_last_rupiah() -> None:
    now = law.law_now()
    edges = [(0, 1_499_999, 1_000_000), (1_500_000, 2_499_999, 2_000_000), (2_500_000, None, 3_000_000)]
    rows = tuple(
        {"income_from": low, "income_to": high, "base": base, "confidence": "decree"} for low, high, base in edges
    )
    bands = replace(now["bpu.income_bands"].at(date(2026, 1, 1)), begin=date(2028, 1, 1), value=rows)
    new = now.overlay([law.Change("bpu.income_bands", bands)])
    incomes = [1_499_999, 1_500_000, 2_499_999, 2_500_000, 10**9]
    found = law.contributions(date(2028, 1, 1), incomes, scheme=Scheme(programs=(Program.JKK,)), law=new)
    assert found.total.tolist() == [10_000, 20_000, 20_000, 30_000, 30_000]


def test_bands_that_change_are_looked_up_for_each_month() -> None:
    now = law.law_now()
    bands = now["bpu.income_bands"].at(date(2026, 1, 1))
    row = {"income_from": 0, "income_to": None, "base": 2_000_000, "confidence": "decree"}
    new = now.overlay([law.Change("bpu.income_bands", replace(bands, begin=date(2028, 1, 1), value=(row,)))])
    months = [date(2027, 12, 1), date(2028, 1, 1)]
    assert law.contributions(months, 1_000_000, law=new).total.tolist() == [16_800, 26_800]


@pytest.mark.parametrize(
    "parameter",
    [one for one in law.law_now().values() if one.subject in {"relief", "pu", "bpu"}],
    ids=lambda one: one.id,
)
def test_nothing_changes_between_the_changes_of_the_law(parameter: law.Parameter) -> None:
    """The month before and the month of each change answer, each by the values of its own first day."""
    for value in parameter.values:
        if value.begin is None or value.begin <= date(2015, 7, 1):
            continue
        after = law.first_of_month(value.begin)
        for month in (law.add_months(after, -1), after, law.add_months(after, 1)):
            for sector in Sector:
                found = law.contributions(month, 4_000_000, scheme=PU, risk=RiskGroup.MEDIUM, sector=sector)
                for line in found.lines():
                    for used in line.basis:
                        assert used.begin is None or used.begin <= month
