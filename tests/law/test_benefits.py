"""Benefits: death and accident, before and after each change, for one and for many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law import Accident, Child, Impairment, Item, Level, Outcome, Segment
from salawaku.law.errors import MissingError, NotAllowedError
from salawaku.law.money import AmountTooLargeError

DAY = date(2025, 8, 1)
PRICE = "prosthesis_over_government_price"
AIDS = "one of hearing_aid, dentures, glasses, prosthesis"
SMALL = Child(Level.TK_SD, 4)
DAYS = st.dates(date(2015, 7, 1), date(2032, 12, 31))
WAGES = st.integers(0, 10**9)


def items(found: law.Benefits) -> dict[str, int]:
    return {line.key.part.value: line.amount for line in found.lines()}


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
    with pytest.raises(MissingError, match="months_of_membership"):
        law.death_benefits(DAY)


def test_which_months_count_is_a_choice_that_can_be_changed() -> None:
    now = law.law_now()
    choice = now["choice.jkm.months_counted"].at(DAY)
    other = now.overlay([law.Change("choice.jkm.months_counted", replace(choice, value="contributed"))])
    few = {"months_of_membership": 5, "months_contributed": 2}
    assert int(law.death_benefits(DAY, **few).total) == 42_000_000
    assert int(law.death_benefits(DAY, **few, law=other).total) == 10_000_000
    with pytest.raises(MissingError, match="months_contributed"):
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


def accident(outcome: Outcome, *, income: int = 1_000_000, on: date = DAY, children: tuple[Child, ...] = (),
             segment: Segment = Segment.BPU, **more: object) -> law.Benefits:  # fmt: skip
    return law.accident_benefits(
        on,
        accident=Accident(outcome, **more),
        income=income,
        segment=segment,
        children=children,  # type: ignore[arg-type]
    )


def told(found: law.Benefits) -> dict[str, list[tuple[str, str]]]:
    """What each line rests on but for the band of income, as parameter and value."""
    band = {"jkk.wage_basis_bpu", "bpu.income_bands"}
    return {
        line.key.part.value: [(used.parameter, used.value) for used in line.basis if used.parameter not in band]
        for line in found.lines()
    }


@pytest.mark.parametrize(
    ("outcome", "more", "basis"),
    [
        (Outcome.TOTAL_DISABILITY, {}, {
            "disability_grant": [("jkk.cacat_total_tetap", "70% x 80 x wage = 56 x wage")],
            "periodic_lump": [("jkk.santunan_berkala_lump", "12000000")],
        }),
        (Outcome.PARTIAL_ANATOMICAL, {"impairment": Impairment("eye_one")}, {"disability_grant": [
            ("jkk.cacat_sebagian_anatomis", "percentage of the table x 80 x wage"),
            ("jkk.impairment_table", "eye_one 35%"),
        ]}),
        (Outcome.PARTIAL_FUNCTIONAL, {"impairment": Impairment("eye_one"), "function_loss": Fraction(1, 4)}, {
            "disability_grant": [
                ("jkk.cacat_sebagian_fungsi", "percentage of function lost x percentage of the table x 80 x wage"),
                ("jkk.impairment_table", "eye_one 35%"),
            ],
        }),
        (Outcome.TEMPORARY, {
            "temporary_months": 3, "transport": {"land": 1, "sea": 2}, "home_care": 4, "medical": 5,
            "rehabilitation": {"prosthesis": 3, "glasses": 1},
        }, {
            "temporary_disability": [("jkk.stmb", "1-12 100%, 13- 50%")],
            "transport": [("jkk.transport_cap", "land 5000000"), ("jkk.transport_cap", "sea 2000000")],
            "rehabilitation": [
                ("jkk.rehabilitation_caps", "prosthesis 140%"), ("jkk.rehabilitation_caps", "glasses 1000000"),
            ],
            "home_care": [("jkk.home_care_cap", "cap 20000000")],
            "medical": [("jkk.medical_care", "No monetary ceiling, per medical need. Class I ward of a government"
                         " hospital or equivalent.")],
        }),
    ],
)  # fmt: skip
def test_each_line_of_an_accident_names_on_what_it_rests(
    outcome: Outcome, more: dict[str, object], basis: dict[str, list[tuple[str, str]]]
) -> None:
    found = accident(outcome, **more)
    assert told(found) == basis
    assert {line.key.program for line in found.lines()} == {law.Program.JKK}


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


def test_total_disability() -> None:
    assert items(accident(Outcome.TOTAL_DISABILITY)) == {"disability_grant": 56_000_000, "periodic_lump": 12_000_000}
    assert items(accident(Outcome.TOTAL_DISABILITY, children=(SMALL,)))["scholarship"] == 87_000_000
    assert items(accident(Outcome.TOTAL_DISABILITY, on=date(2019, 12, 1)))["periodic_lump"] == 4_800_000
    assert accident(Outcome.TOTAL_DISABILITY, children=(SMALL,)).lines()[-1].key.program is law.Program.JKK


def test_an_accident_counts_the_band_of_income_or_the_wage() -> None:
    for segment, multiplied in ((Segment.BPU, 1_600_000), (Segment.PU, 1_500_000)):
        found = accident(Outcome.TOTAL_DISABILITY, income=1_500_000, segment=segment)
        assert items(found)["disability_grant"] == 56 * multiplied == 56 * int(found.wage)


def test_a_fatal_accident_is_a_death_at_work() -> None:
    dead = accident(Outcome.DEATH, children=(SMALL,))
    assert items(dead) == items(law.death_benefits(DAY, at_work=True, income=1_000_000, children=(SMALL,)))


@pytest.mark.parametrize(
    ("hurt", "amount"),
    [
        (Impairment("hearing_one_ear"), 16_000_000),
        (Impairment("arm_right_shoulder"), 32_000_000),
        (Impairment("arm_left_shoulder"), 28_000_000),
        (Impairment("arm_right_shoulder", left_handed=True), 28_000_000),
        (Impairment("arm_left_shoulder", left_handed=True), 32_000_000),
        (Impairment("eye_one", left_handed=True), 28_000_000),
        (Impairment("hearing_one_ear_per_10db", units=3), 7_200_000),
        (Impairment("hearing_both_ears_per_10db", units=100), 80_000_000),
        (Impairment("scalp", share=Fraction(10, 100)), 8_000_000),
        (Impairment("scalp", share=Fraction(30, 100)), 24_000_000),
        (Impairment("phalanx_index_right"), 3_600_000),
    ],
)
def test_partial_disability_by_the_table(hurt: Impairment, amount: int) -> None:
    assert items(accident(Outcome.PARTIAL_ANATOMICAL, impairment=hurt)) == {"disability_grant": amount}
    half = accident(Outcome.PARTIAL_FUNCTIONAL, impairment=hurt, function_loss=Fraction(1, 2))
    assert items(half) == {"disability_grant": amount // 2}


def test_lost_function_counts_only_where_function_was_lost() -> None:
    whole = accident(
        Outcome.PARTIAL_ANATOMICAL, impairment=Impairment("eye_one"), function_loss=Fraction(1, 2)
    )  # fmt: skip
    assert items(whole) == {"disability_grant": 28_000_000}


def test_a_row_from_memory_carries_its_mark() -> None:
    for key, sure in (("hearing_one_ear", "secondary"), ("thumb_right", "memory")):
        (line,) = accident(Outcome.PARTIAL_ANATOMICAL, impairment=Impairment(key)).lines()
        assert sure in {used.confidence.value for used in line.basis if used.parameter == "jkk.impairment_table"}


@pytest.mark.parametrize(
    ("outcome", "more", "field"),
    [
        (Outcome.PARTIAL_ANATOMICAL, {}, "impairment"),
        (Outcome.PARTIAL_FUNCTIONAL, {"impairment": Impairment("eye_one")}, "function_loss_pct"),
        (Outcome.PARTIAL_ANATOMICAL, {"impairment": Impairment("visual_field_per_10pct")}, "impairment_units"),
        (Outcome.PARTIAL_ANATOMICAL, {"impairment": Impairment("scalp")}, "impairment_pct"),
        (Outcome.TEMPORARY, {}, "temporary_months"),
    ],
)
def test_what_an_outcome_needs_is_asked_for(outcome: Outcome, more: dict[str, object], field: str) -> None:
    with pytest.raises(MissingError) as told:
        accident(outcome, **more)
    assert told.value.field == field


@pytest.mark.parametrize(
    ("more", "field", "value", "wanted"),
    [
        ({"impairment": Impairment("nose")}, "impairment", "nose", "one of eyes_both"),
        ({"impairment": Impairment("scalp", share=Fraction(31, 100))}, "impairment_pct", "31%", "10% - 30%"),
        ({"impairment": Impairment("scalp", share=Fraction(9, 100))}, "impairment_pct", "9%", "10% - 30%"),
        ({"transport": {"horse": 1}}, "transport", "horse", "one of land, sea, air"),
        ({"transport": {"prosthesis": 1}}, "transport", "prosthesis", "one of land, sea, air"),
        ({"rehabilitation": {"wig": 1}}, "rehabilitation", "wig", AIDS),
        ({"rehabilitation": {PRICE: 1}}, "rehabilitation", PRICE, AIDS),
    ],
)
def test_what_the_tables_do_not_know_is_refused(more: dict[str, object], field: str, value: str, wanted: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        accident(Outcome.PARTIAL_ANATOMICAL, **{"impairment": Impairment("eye_one"), **more})
    assert (refused.value.field, refused.value.value) == (field, value)
    assert f"{refused.value.wanted.en}, ".startswith(f"{wanted}, ")
    assert wanted.removeprefix("one of ") in refused.value.wanted.id


@pytest.mark.parametrize(
    ("on", "months", "amount"),
    [
        (DAY, 0, 0), (DAY, 1, 1_000_000), (DAY, 12, 12_000_000), (DAY, 13, 12_500_000), (DAY, 24, 18_000_000),
        (date(2019, 12, 1), 6, 6_000_000), (date(2019, 12, 1), 7, 6_750_000), (date(2019, 12, 1), 12, 10_500_000),
        (date(2019, 12, 1), 13, 11_000_000),
    ],
)  # fmt: skip
def test_temporary_inability_month_by_month(on: date, months: int, amount: int) -> None:
    assert int(accident(Outcome.TEMPORARY, on=on, temporary_months=months).total) == amount


def test_temporary_inability_comes_on_top_of_another_outcome() -> None:
    both = accident(Outcome.PARTIAL_ANATOMICAL, impairment=Impairment("eye_one"), temporary_months=2)
    assert items(both) == {"disability_grant": 28_000_000, "temporary_disability": 2_000_000}


@pytest.mark.parametrize(
    ("on", "spent", "paid"),
    [
        (DAY, {"land": 4_999_999}, 4_999_999),
        (DAY, {"land": 6_000_000, "sea": 2_000_001, "air": 9_000_000}, 16_000_000),
        (date(2019, 12, 1), {"land": 6_000_000, "sea": 2_000_000, "air": 9_000_000}, 5_000_000),
    ],
)
def test_transport_is_refunded_up_to_the_cap_of_each_mode(on: date, spent: dict[str, int], paid: int) -> None:
    assert items(accident(Outcome.TEMPORARY, on=on, temporary_months=0, transport=spent)) == {"transport": paid}


def test_aids_care_at_home_and_care() -> None:
    found = accident(
        Outcome.TEMPORARY, temporary_months=0, home_care=25_000_000, medical=123_456_789,
        rehabilitation={"hearing_aid": 3_000_000, "glasses": 400_000, "prosthesis": 10_000_000},
    )  # fmt: skip
    assert items(found) == {
        "rehabilitation": 2_500_000 + 400_000 + 14_000_000, "home_care": 20_000_000, "medical": 123_456_789,
    }  # fmt: skip


def test_what_is_given_in_kind() -> None:
    from salawaku.law.benefits import in_kind

    assert [rule.parameter for rule in in_kind(law.law_now(), DAY)] == [
        "jkk.medical_care", "jkk.return_to_work", "jkk.plkk",
    ]  # fmt: skip


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
