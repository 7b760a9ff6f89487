"""When is a target reached, and what is missing?"""

from __future__ import annotations

from typing import Any

from salawaku.simulation.scheme.questions import month_reached
from tests.simulation.scheme.small import PRICE, city, scenario


def of(month: str, share: float, **changes: Any) -> dict[str, Any]:
    found = scenario(targets=[{"month": month, "share": share}], **changes)
    (row,) = month_reached(found)["targets"]
    return row


def test_a_target_that_is_met_lacks_nothing() -> None:
    assert of("2026-06", 0.4) == {
        "month": "2026-06", "share": 0.4, "workers": 40, "reached": "2026-01", "on_time": True, "covered": 40,
        "missing": 0, "rupiah_a_month": 0, "most": 40, "most_in": "2026-01",
    }  # fmt: skip


def test_what_is_missing_is_told_in_workers_and_in_rupiah_a_month() -> None:
    row = of("2026-03", 0.65, sources=[city(40), city(10, id="village", first=4)])
    assert (row["reached"], row["covered"], row["missing"], row["rupiah_a_month"]) == (None, 40, 25, 25 * PRICE)
    assert (row["most"], row["most_in"]) == (50, "2026-04")


def test_a_month_outside_the_scenario_is_not_guessed() -> None:
    row = of("2027-01", 0.4)
    assert (row["reached"], row["covered"], row["missing"], row["rupiah_a_month"]) == ("2026-01", None, None, None)
