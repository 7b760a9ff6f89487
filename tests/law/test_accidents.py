"""Accidents at work: disability by the table, temporary inability, costs up to their caps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from salawaku import law
from salawaku.law import Accident, Child, Impairment, Level, Outcome, Segment
from salawaku.law.errors import MissingError, NotAllowedError

DAY = date(2025, 8, 1)
PRICE = "prosthesis_over_government_price"
AIDS = "one of hearing_aid, dentures, glasses, prosthesis"
SMALL = Child(Level.TK_SD, 4)
DAYS = st.dates(date(2015, 7, 1), date(2032, 12, 31))
WAGES = st.integers(0, 10**9)


def items(found: law.Benefits) -> dict[str, int]:
    return {line.key.part.value: line.amount for line in found.lines()}


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


def test_total_disability() -> None:
    assert items(accident(Outcome.TOTAL_DISABILITY)) == {"disability_grant": 56_000_000, "periodic_lump": 12_000_000}
    assert items(accident(Outcome.TOTAL_DISABILITY, children=(SMALL,)))["scholarship"] == 87_000_000
    assert items(accident(Outcome.TOTAL_DISABILITY, on=date(2019, 12, 1)))["periodic_lump"] == 4_800_000
    assert accident(Outcome.TOTAL_DISABILITY, children=(SMALL,)).lines()[-1].key.program is law.Program.JKK


def test_an_accident_counts_the_band_of_income_or_the_wage() -> None:
    for segment, multiplied in ((Segment.BPU, 1_600_000), (Segment.PU, 1_500_000)):
        found = accident(Outcome.TOTAL_DISABILITY, income=1_500_000, segment=segment)
        assert items(found)["disability_grant"] == 56 * multiplied == 56 * int(found.wage)


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
        (Impairment("hearing_both_ears_per_10db", units=7), 32_000_000),
        (Impairment("hearing_one_ear_per_10db", units=100), 16_000_000),
        (Impairment("sight_per_10pct", units=11), 56_000_000),
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
