"""Whatever stands in the address, the public pages answer in words."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from salawaku.web.law.benefit_form import BenefitForm
from salawaku.web.law.contribution_form import ContributionForm
from tests.web.law.pages import BENEFIT, CONTRIBUTION, REGISTER

pytestmark = pytest.mark.django_db
ODD = [
    "", "0", "-1", "1e9", "9" * 15, "9" * 40, "٣", "１２", "1.000.000.000.000.000", "2026-13", "9999-12", "0001-01",
    "2026-02-29", "9999-12-31", "null", "[]", "' OR 1=1 --", "<b>", "\ud7ff", "💥", "NaN", "Infinity", "-0", "1e400",
    "100", "BPU", "PU", "JAKON", "JKK", "JP", "temporary", "death_at_work", "scalp", "PT", "TK_SD",
]  # fmt: skip
VALUES = st.sampled_from(ODD) | st.text(max_size=12)
NAMES = sorted(
    {*ContributionForm().fields, *BenefitForm().fields, "only", "q"} - {"what", "segment"}  # these are drawn apart
)
WHATS = ["death", "death_at_work", "total_disability", "partial_anatomical", "partial_functional", "temporary", "?"]
BROWSER = Client()


@given(
    st.sampled_from([CONTRIBUTION, BENEFIT, REGISTER]),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=12),
    st.sampled_from(["BPU", "PU", "JAKON", "x"]),
    st.sampled_from(WHATS),
)
def test_an_odd_question_breaks_nothing(path: str, query: dict[str, str], segment: str, what: str) -> None:
    asked = urlencode({**query, "segment": segment, "what": what}, errors="replace")
    status = BROWSER.get(f"{path}?{asked}").status_code
    assert status == (400 if "%00" in asked else 200)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("what", WHATS)
def test_every_amount_may_be_odd(what: str, odd: str) -> None:
    """Each number of the benefit at once, which reaches the law where the form lets it through."""
    query = {name: odd for name in BenefitForm().fields} | {"what": what, "segment": "BPU"}
    assert BROWSER.get(f"{BENEFIT}?{urlencode(query)}").status_code == 200


@pytest.mark.parametrize("segment", ["BPU", "PU", "JAKON"])
def test_the_largest_numbers_are_answered_or_refused(segment: str) -> None:
    most = str(10**15)
    query = {
        "segment": segment, "programs": ["JKK", "JKM"], "month": "2026-02", "income": most, "risk_group": "very_high",
        "contract_value": most, "workers": str(10**9), "months": "1" if segment == "JAKON" else "600",
    }  # fmt: skip
    answer = BROWSER.get(f"{CONTRIBUTION}?{urlencode(query, doseq=True)}")
    assert answer.status_code == 200


@pytest.mark.parametrize("path", [CONTRIBUTION, BENEFIT, REGISTER, "/kalkulator/", f"{REGISTER}bpu.jkm.flat/"])
def test_nothing_is_taken_in(path: str) -> None:
    assert BROWSER.post(path, {"segment": "BPU"}).status_code == 405
    assert BROWSER.head(path).status_code == 200


def test_a_question_about_something_else_asks_nothing() -> None:
    assert "errorlist" not in BROWSER.get(f"{CONTRIBUTION}?utm_source=x&page=2").text
