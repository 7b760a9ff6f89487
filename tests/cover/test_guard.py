"""The guard lists: who lapses, by village, agency and source, with what keeping them costs."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover import forecast, guard, selectors
from salawaku.cover.actions import lapses_export
from salawaku.cover.guard import Wanted
from salawaku.programmes.models import Purse
from salawaku.registry.actions import worker_employed
from salawaku.registry.models import Occupation, Worker
from tests.cover.test_selectors import pay
from tests.programmes.city import PASSO, RUMAH_TIGA, programme, purse, register
from tests.programmes.test_commands import run

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DAY = date(2026, 5, 10)


@pytest.fixture
def workers() -> list[Worker]:
    """Three paid by the city to March, April, April; an ojek rider in Rumah Tiga paid by a sponsor to February."""
    made = programme()
    city = purse(made, ceiling=10_000_000)
    sponsor = purse(made, ceiling=10_000_000, name="Bapak asuh", kind="foster", payer_code="SG", priority=2)
    ojek = Occupation.objects.filter(transport=True).order_by("code")[0]
    found = [*register(3), *register(1, first=9, village_code=RUMAH_TIGA, agency_code="dishub", occupation=ojek)]
    for worker, money, month in zip(found, (city, city, city, sponsor), (3, 4, 4, 2), strict=True):
        pay(worker, money, date(2026, month, 1))
    return found


def seen(**wanted: object) -> list[tuple[int, int]]:
    with elevated("a test looks"):
        return [(row.worker_id, row.price) for row in guard.lapses(as_of=DAY, wanted=Wanted(**wanted))]


def test_the_price_is_that_of_whoever_paid_last(workers: list[Worker]) -> None:
    first, second, third, rider = (worker.pk for worker in workers)
    assert seen() == [(rider, 8_400)]
    assert seen(within=60) == [(first, 16_800), (rider, 8_400)]
    assert seen(within=90) == [(first, 16_800), (second, 16_800), (third, 16_800), (rider, 8_400)]


def test_each_filter_narrows(workers: list[Worker]) -> None:
    rider = workers[-1].pk
    assert seen(within=90, village=RUMAH_TIGA) == [(rider, 8_400)]
    assert seen(within=90, agency="dishub") == [(rider, 8_400)]
    assert seen(within=90, source=Purse.objects.get(kind="foster").pk) == [(rider, 8_400)]
    assert seen(within=90, ends_on=date(2026, 7, 1)) == [(workers[0].pk, 16_800)]


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("none", [("all", 4, 58_800)]),
        ("village", [(PASSO, 3, 50_400), (RUMAH_TIGA, 1, 8_400)]),
        ("agency", [("dinas_perikanan", 3, 50_400), ("dishub", 1, 8_400)]),
    ],
)
def test_groups_add_up(workers: list[Worker], by: str, told: list[tuple[str, int, int]]) -> None:
    with elevated("a test looks"):
        rows = guard.lapse_groups(as_of=DAY, wanted=Wanted(within=90), by=by)
    assert [(row.key, row.workers, row.cost_to_keep_month) for row in rows] == told
    assert rows[-1].first_end == date(2026, 6, 1)


def test_by_source_is_who_paid_last(workers: list[Worker], rina: User) -> None:
    with elevated("a test looks"):
        rows = guard.lapse_groups(as_of=DAY, wanted=Wanted(within=90), by="source")
    assert [(row.name, row.workers) for row in rows] == [("APBD Kota", 3), ("Bapak asuh", 1)]
    with acting_as(rina):
        assert [row.name for row in guard.lapse_groups(as_of=DAY, wanted=Wanted(within=90), by="source")] == [
            "Bapak asuh"
        ]


def test_months_missing_to_full_benefit_and_scholarship(workers: list[Worker]) -> None:
    with elevated("a test looks"):
        rows = {row.worker_id: row for row in guard.lapses(as_of=DAY, wanted=Wanted(within=90))}
    assert (rows[workers[0].pk].to_full, rows[workers[0].pk].to_scholarship) == (1, 35)
    assert rows[workers[0].pk].cover_end == date(2026, 3, 31)


def test_wage_earners_are_kept_by_nobody(workers: list[Worker], sari: User) -> None:
    with elevated("a test acts"):
        before = forecast.gap_forecast(as_of=DAY).months[0].gap
        worker_employed(by=sari, worker=workers[0], month=DAY)
        assert forecast.gap_forecast(as_of=DAY).months[0].gap == before - 1
        assert [row.workers for row in selectors.cover_status(as_of=DAY, by="agency")] == [2, 1]
        assert sum(row.workers for row in selectors.lapses_ahead(as_of=DAY)) == 3
    assert workers[0].pk not in dict(seen(within=90))


def this_year(count: int = 2) -> None:
    """Workers of Passo who lapse on the first of next month."""
    today = timezone.localdate()
    money = purse(programme(), ceiling=10_000_000)
    for worker in register(count):
        pay(worker, money, law.add_months(today, -3))


def test_the_page_narrows_by_links_and_chips(client_of: ClientOf, sari: User) -> None:
    this_year()
    browser, url = client_of(sari), reverse("cover_lapses")
    page = browser.get(url, {"within": 90}).text
    assert "?within=90&amp;agency=dinas_perikanan" in page
    narrowed = browser.get(url, {"within": 90, "agency": "dinas_perikanan", "village": PASSO})
    assert [chip["remove_url"] for chip in narrowed.context["chips"]] == [
        "?within=90&agency=dinas_perikanan", f"?within=90&village={PASSO}",
    ]  # fmt: skip
    assert narrowed.context["number"] == 2
    odd = {"within": "x", "agency": "' --", "source": "²", "village": "%00"}
    assert browser.get(url, odd).context["number"] == 2


def test_the_list_is_taken_out_masked_and_noted(client_of: ClientOf, sari: User, rina: User, tono: User) -> None:
    this_year()
    url = reverse("lapse_export")
    answer = client_of(sari).post(url, {"village": PASSO})
    content = b"".join(answer.streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert len(rows) == 3
    assert rows[1][0] == "0000••••••••0001"
    assert rows[1][-1] == 16_800
    with elevated("a test looks"):
        assert AuditEvent.objects.get(kind="list.exported").detail["workers"] == 2
    for who in (rina, tono):
        assert client_of(who).post(url).status_code == 403


def test_who_may_not_take_lists_out_gets_no_file(rina: User, tmp_path: Path) -> None:
    target = tmp_path / "akan-gugur.xlsx"
    with pytest.raises(Refusal) as refused:
        lapses_export(by=rina, as_of=DAY, wanted=Wanted(), target=target)
    assert (refused.value.code, target.exists()) == ("register.no_export", False)


def test_the_command_counts(workers: list[Worker]) -> None:
    code, out, _err = run("cover", "lapses", "--as-of", "2026-05-10", "--within", "90", "--by", "agency", "--json")
    assert code == 0
    assert json.loads(out)[1] == {
        "key": "dishub", "name": "dishub", "workers": 1, "cost_to_keep_month": 8_400, "first_end": "2026-06-01",
    }  # fmt: skip
    assert json.loads(run("cover", "lapses", "--as-of", "2026-05-10", "--json")[1])[0]["workers"] == 1
    assert run("cover", "lapses", "--by", "moon")[0] == 2
    status = json.loads(run("cover", "status", "--as-of", "2026-05-10", "--by", "agency", "--json")[1])
    assert [row["key"] for row in status] == ["dinas_perikanan", "dishub"]
