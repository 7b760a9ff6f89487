"""Clocks and papers of a claim."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from salawaku import law
from salawaku.law import Claim

DAY = date(2026, 8, 13)


def test_bpjs_pays_within_three_or_seven_working_days() -> None:
    assert law.payment_deadline(Claim.JKM, DAY) == date(2026, 8, 19)
    assert law.payment_deadline(Claim.JKK, DAY) == date(2026, 8, 26)


def test_one_percent_for_each_day_of_lateness() -> None:
    deadline = date(2026, 8, 19)
    assert law.late_compensation(42_000_000, deadline, deadline) == 0
    assert law.late_compensation(42_000_000, deadline, deadline - timedelta(days=1)) == 0
    assert law.late_compensation(42_000_000, deadline, deadline + timedelta(days=3)) == 1_260_000


def test_an_accident_is_reported_within_twice_24_hours() -> None:
    at = datetime(2026, 8, 13, 23, 30, tzinfo=ZoneInfo("Asia/Jayapura"))
    assert law.report_deadline(at) == at + timedelta(hours=48)
    with pytest.raises(ValueError, match="zone"):
        law.report_deadline(datetime(2026, 8, 13, 23, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("accident", "last"),
    [
        (date(2019, 12, 1), date(2021, 12, 1)),
        (date(2019, 12, 2), date(2024, 12, 2)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2024, 1, 31), date(2029, 1, 31)),
    ],
)
def test_jkk_expires(accident: date, last: date) -> None:
    assert law.expires_on(accident) == last


def test_heirs_stand_in_line() -> None:
    order = law.heirs_order(DAY)
    assert len(order) == 6
    assert "janda" in order[0].id


@pytest.mark.parametrize(("claim", "paper"), [(Claim.JKM, "akta kematian"), (Claim.JKK, "polisi"),
                                              (Claim.SCHOLARSHIP, "aktif")])  # fmt: skip
def test_each_claim_has_its_papers(claim: Claim, paper: str) -> None:
    assert any(paper in document.id.lower() for document in law.documents(claim, DAY))
