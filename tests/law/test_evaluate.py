"""Cases in, answers out: the contract of `salawaku law evaluate`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law.evaluate import KINDS

CONTRIBUTION = {
    "id": "a", "kind": "contribution", "segment": "BPU", "programs": ["JKK", "JKM"], "month": "2026-02",
    "income": 1_000_000, "sector": "transport", "payer": "foster",
}  # fmt: skip
WAGE = {
    "kind": "contribution", "segment": "PU", "programs": ["JKK"], "month": "2025-03", "wage": 10_000_000,
    "risk_group": "medium", "sector": "labour_intensive",
}  # fmt: skip
CONTRACT = {
    "kind": "contribution", "segment": "JAKON", "programs": ["JKK", "JKM"], "month": "2025-01",
    "contract_value": 2_000_000_000,
}  # fmt: skip
DEATH = {
    "id": "d", "kind": "benefit", "segment": "BPU", "event": "death", "cause": "other", "date": "2025-08-01",
    "income": 1_000_000, "months_of_membership": 2, "months_contributed": 2, "children": [],
}  # fmt: skip
ACCIDENT = {
    "id": "e", "kind": "benefit", "segment": "BPU", "event": "accident", "outcome": "partial_anatomical",
    "date": "2025-08-01", "income": 1_000_000, "impairment": "hearing_one_ear",
}  # fmt: skip


def ask(case: Any, **changes: Any) -> dict[str, Any]:
    asked = {**case, **changes} if isinstance(case, dict) else case
    (answer,) = law.evaluate([{key: value for key, value in asked.items() if value is not ...}])
    return answer


def fault(case: Any, **changes: Any) -> str:
    return str(ask(case, **changes)["error"]["code"])


def test_the_answer_has_the_fields_of_the_contract() -> None:
    answer = ask(CONTRIBUTION)
    assert (answer["id"], answer["total"]) == ("a", 8_400)
    jkk, jkm = answer["lines"]
    assert (jkk["program"], jkk["share"], jkk["amount"]) == ("JKK", "participant", 5_000)
    assert jkk["basis"][0] == {
        "parameter": "bpu.jkk.rate",
        "value": "1%",
        "from": "2015-07-01",
        "source": "PP 44/2015 Lampiran II (kept by PP 82/2019 and PP 49/2023)",
        "confidence": "secondary",
    }
    assert (jkm["program"], jkm["amount"]) == ("JKM", 3_400)
    assert answer["due_on"] == "2026-02-16"
    assert answer["explanation"] == {
        "id": "Iuran Rp8.400: JKK Rp5.000, JKM Rp3.400.",
        "en": "The contribution is Rp8,400: JKK Rp5,000, JKM Rp3,400.",
    }
    assert "ignored" not in answer


def test_doubt_is_carried_to_the_answer() -> None:
    answer = ask(CONTRIBUTION, income=1_500_000)
    assert answer["confidence"] == "memory"
    assert "relief.pp50_2025" in answer["contested"]
    assert ask(CONTRIBUTION, programs=["JKM"], month="2024-01")["confidence"] == "secondary"
    assert ask(CONTRIBUTION, programs=["JKM"], month="2024-01")["contested"] == []
    contested = ask(CONTRIBUTION)["lines"][1]["basis"][1]["contested"]
    assert set(contested) == {"id", "en"}


def test_workers_and_months_multiply_each_month_by_its_own_law() -> None:
    answer = ask(CONTRIBUTION, month="2027-02", months=3, workers=10)
    assert answer["total"] == 10 * (8_400 + 8_400 + 16_800)
    assert sum(line["amount"] for line in answer["lines"]) == answer["total"]
    assert [used["parameter"] for used in answer["lines"][1]["basis"]] == ["bpu.jkm.flat", "relief.pp50_2025"]


def test_the_labour_intensive_relief_reads_its_conditions() -> None:
    assert ask(WAGE)["total"] == 44_500
    assert ask(WAGE, paid_through="2025-01")["total"] == 44_500
    assert ask(WAGE, paid_through="2024-12")["total"] == 89_000
    assert ask(WAGE, workers=50)["total"] == 50 * 44_500
    assert ask(WAGE, workers=49)["total"] == 49 * 89_000
    assert ask(WAGE, workers=1)["total"] == 44_500
    assert ask(WAGE, workers=2)["total"] == 2 * 89_000
    assert ask(WAGE, workers=2, employer_workers=50)["total"] == 2 * 44_500
    assert ask(WAGE, employer_workers=49)["total"] == 89_000


def test_newcomers_of_2020_say_since_when_they_take_part() -> None:
    assert ask(CONTRIBUTION, month="2020-10", registered="2020-09")["total"] == 16_800
    assert ask(CONTRIBUTION, month="2020-11", registered="2020-09")["total"] == 168


def test_a_late_payment_has_its_fee() -> None:
    assert ask(WAGE, paid_on="2025-04-15")["late_fee"] == 0
    assert ask(WAGE, paid_on="2025-04-16")["late_fee"] == 890
    assert "late_fee" not in ask(WAGE, paid_on="2025-04-16", months=2)
    with_jkp = ask(WAGE, month="2026-02", programs=["JKK", "JKP"], paid_on="2026-03-17")
    assert (with_jkp["total"], with_jkp["late_fee"]) == (89_000 + 22_000, 1_780)  # the state's 22,000 is not late
    assert ask(WAGE)["due_on"] == "2025-04-15"


def test_construction_is_paid_by_wages_or_by_the_contract() -> None:
    assert ask(CONTRACT)["total"] == 2_950_000
    assert "due_on" not in ask(CONTRACT)
    assert ask(CONTRACT, wage=10_000_000)["total"] == 204_000
    assert fault(CONTRACT, months=2) == fault(CONTRACT, workers=2) == "field.invalid"
    assert ask(CONTRACT, months=1, workers=1) == ask(CONTRACT)
    assert fault(CONTRACT, contract_value=...) == "field.missing"


def test_a_wage_earner_s_family_waits_for_nothing() -> None:
    assert ask(DEATH, segment="PU", months_of_membership=...)["total"] == 42_000_000


def test_a_death_says_how_long_was_contributed() -> None:
    long = {"months_of_membership": 60, "children": [{"level": "PT", "age": 22}]}
    assert ask(DEATH, **long, months_contributed=36)["total"] == 42_000_000 + 12_000_000
    assert ask(DEATH, **long, months_contributed=35)["total"] == 42_000_000


def test_an_accident_reads_the_segment_and_what_was_spent() -> None:
    assert ask(ACCIDENT, income=1_500_000)["total"] == 16 * 1_600_000
    spent = ask(
        ACCIDENT, outcome="temporary", temporary_months=0, transport={"land": 1}, rehabilitation={"glasses": 20},
        home_care=300, medical=4_000,
    )  # fmt: skip
    assert {line["item"]: line["amount"] for line in spent["lines"]} == {
        "transport": 1, "rehabilitation": 20, "home_care": 300, "medical": 4_000,
    }  # fmt: skip


def test_a_short_membership_pays_the_burial_and_says_why() -> None:
    answer = ask(DEATH)
    assert (answer["total"], [line["item"] for line in answer["lines"]]) == (10_000_000, ["burial"])
    assert "belum cukup" in answer["explanation"]["id"]
    assert "too short" in answer["explanation"]["en"]
    assert ask(DEATH, months_of_membership=3)["explanation"]["id"] == (
        "Ahli waris menerima Rp42.000.000: santunan kematian Rp20.000.000, santunan berkala Rp12.000.000,"
        " biaya pemakaman Rp10.000.000."
    )


def test_an_accident_answers_the_worker_and_what_comes_in_kind() -> None:
    answer = ask(ACCIDENT)
    assert answer["explanation"]["en"] == "The worker receives disability grant Rp16,000,000."
    assert next(rule["parameter"] for rule in answer["in_kind"]) == "jkk.medical_care"
    assert "in_kind" not in ask(DEATH)
    assert "in_kind" not in ask(ACCIDENT, outcome="death")
    half = ask(ACCIDENT, outcome="partial_functional", function_loss_pct=Decimal("12.5"))
    assert half["total"] == 2_000_000
    long = ask(ACCIDENT, outcome="partial_functional", function_loss_pct=Decimal("33.333333333333336"))
    assert long["total"] == 5_333_333
    assert ask(ACCIDENT, impairment="scalp", impairment_pct=20)["total"] == 16_000_000
    assert ask(ACCIDENT, impairment="hearing_one_ear_per_10db", impairment_units=2)["total"] == 4_800_000
    assert ask(ACCIDENT, impairment="thumb_right", left_handed=True)["total"] == 9_600_000
    assert ask(ACCIDENT, impairment="thumb_right", left_handed=False)["total"] == 12_000_000


def test_temporary_inability_tells_each_month() -> None:
    answer = ask(ACCIDENT, outcome="temporary", temporary_months=14, segment="PU", income=..., wage=3_333_333)
    months = answer["temporary"]
    assert [row["month"] for row in months] == list(range(1, 15))
    assert [row["pct"] for row in months] == ["100%"] * 12 + ["50%"] * 2
    assert [row["amount"] for row in months[-3:]] == [3_333_333, 1_666_667, 1_666_666]
    assert sum(row["amount"] for row in months) == answer["total"] == 43_333_329


def test_the_scholarship_tells_each_year() -> None:
    answer = ask(
        ACCIDENT, outcome="death", children=[{"level": "PT", "age": 21}, {"level": "SMP", "age": 14, "years_left": 1}]
    )
    assert [(year["age"], year["level"]) for year in answer["scholarship"][0]] == [
        (14, "SMP"), (15, "SMA"), (16, "SMA"), (17, "SMA"), *[(age, "PT") for age in range(18, 23)],
    ]  # fmt: skip
    assert answer["scholarship"][1] == [
        {"year": 1, "age": 21, "level": "PT", "amount": 12_000_000},
        {"year": 2, "age": 22, "level": "PT", "amount": 12_000_000},
    ]
    scholarship = next(line["amount"] for line in answer["lines"] if line["item"] == "scholarship")
    assert sum(year["amount"] for plan in answer["scholarship"] for year in plan) == scholarship
    assert "scholarship" not in ask(ACCIDENT, outcome="death", children=[{"level": "PT", "age": 23}])


def test_savings_that_somebody_looked_up_are_told_on_top() -> None:
    answer = ask(DEATH, months_of_membership=5, balances={"JHT": 3_403_790, "JP": None})
    assert answer["total"] == 45_403_790
    assert answer["lines"][-1] == {"program": "JHT", "item": "balance", "amount": 3_403_790, "basis": []}


@pytest.mark.parametrize(
    ("case", "changes", "code"),
    [
        (CONTRIBUTION, {"kind": ...}, "field.missing"),
        (CONTRIBUTION, {"kind": "gift"}, "field.invalid"),
        (CONTRIBUTION, {"kind": ["contribution"]}, "field.invalid"),
        (CONTRIBUTION, {"segment": ...}, "field.missing"),
        (CONTRIBUTION, {"segment": "ASN"}, "field.invalid"),
        (CONTRIBUTION, {"segment": {}}, "field.invalid"),
        (CONTRIBUTION, {"programs": []}, "field.invalid"),
        (CONTRIBUTION, {"programs": "JKK"}, "field.invalid"),
        (CONTRIBUTION, {"programs": ["JKN"]}, "field.invalid"),
        (CONTRIBUTION, {"programs": ["JP"]}, "field.invalid"),
        (CONTRIBUTION, {"month": "2026-2"}, "field.invalid"),
        (CONTRIBUTION, {"month": 202602}, "field.invalid"),
        (CONTRIBUTION, {"month": "9999-12"}, "field.invalid"),
        (CONTRIBUTION, {"month": "0001-01"}, "field.invalid"),
        (CONTRIBUTION, {"month": "2015-06"}, "outside_validity"),
        (CONTRIBUTION, {"income": ...}, "field.missing"),
        (CONTRIBUTION, {"income": None}, "field.missing"),
        (CONTRIBUTION, {"income": -1}, "field.invalid"),
        (CONTRIBUTION, {"income": "1000000"}, "field.invalid"),
        (CONTRIBUTION, {"income": True}, "field.invalid"),
        (CONTRIBUTION, {"income": 1_000_000.0}, "field.invalid"),
        (CONTRIBUTION, {"income": Decimal("1000000.5")}, "field.invalid"),
        (CONTRIBUTION, {"income": 10**30}, "field.invalid"),
        (CONTRIBUTION, {"payer": "dukun"}, "field.invalid"),
        (CONTRIBUTION, {"sector": 5}, "field.invalid"),
        (CONTRIBUTION, {"months": 0}, "field.invalid"),
        (CONTRIBUTION, {"months": 601}, "field.invalid"),
        (CONTRIBUTION, {"workers": 0}, "field.invalid"),
        (WAGE, {"risk_group": ...}, "field.missing"),
        (WAGE, {"wage": 10**15 + 1}, "field.invalid"),
        (WAGE, {"paid_through": "2025"}, "field.invalid"),
        (WAGE, {"paid_on": "2025-02-30"}, "field.invalid"),
        (DEATH, {"date": "20250801"}, "field.invalid"),
        (DEATH, {"date": "2025-W31-5"}, "field.invalid"),
        (DEATH, {"date": "2015-06-30"}, "outside_validity"),
        (DEATH, {"event": ...}, "field.missing"),
        (DEATH, {"cause": ...}, "field.missing"),
        (DEATH, {"months_of_membership": ...}, "field.missing"),
        (DEATH, {"children": {}}, "field.invalid"),
        (DEATH, {"children": ["SMP"]}, "field.invalid"),
        (DEATH, {"children": [{"level": "SD", "age": 7}]}, "field.invalid"),
        (DEATH, {"children": [{"level": "SMP"}]}, "field.missing"),
        (DEATH, {"children": [{"level": "SMP", "age": 13}], "months_contributed": ...}, "field.missing"),
        (DEATH, {"balances": {"JKN": 1}}, "field.invalid"),
        (DEATH, {"balances": [1]}, "field.invalid"),
        (ACCIDENT, {"outcome": ...}, "field.missing"),
        (ACCIDENT, {"income": ...}, "field.missing"),
        (ACCIDENT, {"impairment": "nose"}, "field.invalid"),
        (ACCIDENT, {"impairment": ...}, "field.missing"),
        (ACCIDENT, {"outcome": "partial_functional", "function_loss_pct": 101}, "field.invalid"),
        (ACCIDENT, {"outcome": "partial_functional", "function_loss_pct": True}, "field.invalid"),
        (ACCIDENT, {"outcome": "partial_functional", "function_loss_pct": "half"}, "field.invalid"),
        (ACCIDENT, {"outcome": "partial_functional"}, "field.missing"),
        (ACCIDENT, {"transport": {"horse": 1}}, "field.invalid"),
        (ACCIDENT, {"transport": {"land": -1}}, "field.invalid"),
        (ACCIDENT, {"outcome": "temporary", "temporary_months": 241}, "field.invalid"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_computed_says_what_to_do(
    case: dict[str, Any], changes: dict[str, Any], code: str
) -> None:
    answer = ask(case, **changes)
    assert set(answer) == {"id", "error"}
    assert answer["error"]["code"] == code
    assert answer["error"]["message"] != answer["error"]["message_en"]


@pytest.mark.parametrize(
    ("case", "changes", "indonesian", "english"),
    [
        (CONTRACT, {"months": 2}, "Isian months berisi '2'; tulislah 1: kontrak dibayar sekali.",
         "months is '2'; write 1: a contract is paid once."),
        (CONTRACT, {"workers": 3}, "Isian workers berisi '3'; tulislah 1: kontrak dibayar sekali.",
         "workers is '3'; write 1: a contract is paid once."),
        (DEATH, {"children": {}}, "Isian children berisi '{}'; tulislah daftar anak dengan level dan age.",
         "children is '{}'; write a list of children with level and age."),
        (DEATH, {"balances": {"JKN": 1, "JHT": 2, "JKP": 3}},
         "Isian balances berisi 'JKN, JKP'; tulislah salah satu dari JHT, JP.",
         "balances is 'JKN, JKP'; write one of JHT, JP."),
        (ACCIDENT, {"impairment": "scalp", "impairment_pct": 31},
         "Isian impairment_pct berisi '31%'; tulislah 10% - 30%.", "impairment_pct is '31%'; write 10% - 30%."),
        (ACCIDENT, {"transport": {"horse": 1}},
         "Isian transport berisi 'horse'; tulislah salah satu dari land, sea, air.",
         "transport is 'horse'; write one of land, sea, air."),
        (CONTRIBUTION, {"programs": ["JP", "JKP"]},
         "Isian programs berisi 'JP, JKP'; tulislah salah satu dari JKK, JKM, JHT.",
         "programs is 'JP, JKP'; write one of JKK, JKM, JHT."),
        (DEATH, {"months_of_membership": 40, "months_contributed": ..., "children": [{"level": "PT", "age": 20}]},
         "Isian months_contributed belum ada. Tambahkan.", "The field months_contributed is missing. Add it."),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_in_both_languages(
    case: dict[str, Any], changes: dict[str, Any], indonesian: str, english: str
) -> None:
    error = ask(case, **changes)["error"]
    assert (error["message"], error["message_en"]) == (indonesian, english)


@pytest.mark.parametrize(
    ("case", "highest", "beyond"),
    [
        (CONTRIBUTION, {"months": 600, "month": "2026-01"}, {"months": 601}),
        (CONTRIBUTION, {"workers": 10**9, "income": 1}, {"workers": 10**9 + 1}),
        (ACCIDENT, {"impairment": "hearing_one_ear_per_10db", "impairment_units": 100}, {"impairment_units": 101}),
        (ACCIDENT, {"outcome": "temporary", "temporary_months": 240}, {"temporary_months": 241}),
        (ACCIDENT, {"children": [{"level": "PT", "age": 120}]}, {"children": [{"level": "PT", "age": 121}]}),
        (
            ACCIDENT,
            {"children": [{"level": "PT", "age": 20, "years_left": 30}]},
            {"children": [{"level": "PT", "age": 20, "years_left": 31}]},
        ),
    ],
)
def test_the_highest_number_is_taken_and_the_next_is_not(
    case: dict[str, Any], highest: dict[str, Any], beyond: dict[str, Any]
) -> None:
    assert "total" in ask(case, **highest)
    assert fault(case, **highest | beyond) == "field.invalid"


def test_one_month_and_one_worker_may_be_said() -> None:
    assert ask(CONTRIBUTION, months=1, workers=1) == ask(CONTRIBUTION)


def under(changes: dict[str, Any], case: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The answer by a law in which some parameters have other values from a day in 2025 or 2026 on."""
    day, now = date(2025, 3, 1), law.law_now()
    new = [law.Change(name, replace(now[name].at(day), value=value)) for name, value in changes.items()]
    (answer,) = law.evaluate([{**case, **more}], law=now.overlay(new))
    return answer


def test_a_case_is_answered_by_the_law_that_was_given() -> None:
    plain = {**WAGE, "sector": "other", "paid_on": "2025-04-20"}
    rates = {group.value: Fraction(1, 100) for group in law.RiskGroup}
    due = {"pu.payment_due": {"months_after": 1, "day": 10}, "pu.late_fee": Fraction(1, 10)}
    answer = under({"pu.jkk.rate_by_risk_group": rates, **due}, plain)
    assert (answer["total"], answer["due_on"], answer["late_fee"]) == (100_000, "2025-04-10", 10_000)
    assert under({"jkm.santunan_kematian": 1}, DEATH, months_of_membership=9)["total"] == 22_000_001
    assert under({"jkm.bpu.benefit_below_min_months": 5}, DEATH)["total"] == 5
    amounts = {"TK_SD": 1, "SMP": 2, "SMA": 3, "PT": 4}
    stmb = ({"from_month": 1, "to_month": None, "pct": Fraction(1, 4)},)
    grave = {"outcome": "total_disability", "children": [{"level": "PT", "age": 21}], "temporary_months": 1}
    answer = under({"scholarship.amount_per_year": amounts, "jkk.stmb": stmb}, ACCIDENT, **grave)
    assert [year["amount"] for year in answer["scholarship"][0]] == [4, 4]
    assert answer["temporary"] == [{"month": 1, "pct": "25%", "amount": 250_000}]
    assert answer["total"] == 56_000_000 + 12_000_000 + 8 + 250_000


def test_whole_numbers_may_come_with_a_point() -> None:
    assert ask(CONTRIBUTION, income=Decimal("1000000.0"))["total"] == 8_400


def test_one_bad_case_leaves_the_others_alone() -> None:
    answers = law.evaluate([CONTRIBUTION, 5, None, [], {**DEATH, "date": "x"}, ACCIDENT])
    assert [answer["id"] for answer in answers] == ["a", None, None, None, "d", "e"]
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, False]
    assert answers[1]["error"]["code"] == "case.invalid"


def test_fields_that_nobody_knows_are_named() -> None:
    assert ask(CONTRIBUTION, paid_trough="2025-01", note="x")["ignored"] == ["note", "paid_trough"]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([CONTRIBUTION, WAGE, DEATH, ACCIDENT]), st.data())
def test_whatever_stands_in_a_field_an_answer_comes(case: dict[str, Any], data: st.DataObject) -> None:
    known = sorted(KINDS[case["kind"]][1])
    changes = data.draw(st.dictionaries(st.sampled_from(known), JSON_VALUES, max_size=4))
    (answer,) = law.evaluate([case | changes])
    assert ("total" in answer) != ("error" in answer)
    if "total" in answer:
        assert answer["total"] == sum(line["amount"] for line in answer["lines"]) >= 0
    json.dumps(answer)
