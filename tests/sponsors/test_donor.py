"""Donors: promise, purse, how it counts, and the report without a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.programmes.models import Programme
from salawaku.registry.models import Worker
from salawaku.sponsors import actions
from salawaku.sponsors.actions import DonorTerms
from salawaku.sponsors.counting import counted
from salawaku.sponsors.models import Donor, DonorPledge
from salawaku.sponsors.report import FEW, LEAST, Village, report_of, report_pdf, shown, together
from tests.cover.test_selectors import pay
from tests.programmes.city import AHUSEN, JANUARY, PASSO, RUMAH_TIGA, programme, register
from tests.sponsors.office import AMBON

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def promised(of: Programme | None = None, *, kind: str = "csr", **fields: object) -> DonorPledge:
    terms = {"workers": 1_000, "months": 3, "first_month": JANUARY} | fields
    with elevated("a test writes a promise down"):
        donor = actions.donor_enter(by=None, region_code=AMBON, organisation="PT Uji Laut", kind=kind)
        return actions.donor_promise(
            by=None,
            donor=donor,
            programme=of or programme(),
            terms=DonorTerms(**terms),  # type: ignore[arg-type]
        )


def accepted(pledge: DonorPledge) -> DonorPledge:
    with elevated("a test accepts"):
        return actions.donor_accept(by=None, pledge=pledge)


@pytest.mark.parametrize(
    ("workers", "months", "strict", "pro_rata"),
    [(1_000, 3, 0, 500), (1_000, 8, 1_000, 1_000), (500, 4, 0, 333), (500, 6, 500, 500), (1, 1, 0, 0)],
)
def test_both_ways_of_counting_are_told(workers: int, months: int, strict: int, pro_rata: int) -> None:
    assert counted(workers, months) == (strict, pro_rata)
    assert counted(workers, months).differ is (strict != pro_rata)


def test_accepting_opens_a_purse_of_its_value(sari: User) -> None:
    pledge = promised(villages=[PASSO, RUMAH_TIGA])
    with acting_as(sari):
        pledge = actions.donor_accept(by=sari, pledge=pledge)
        with pytest.raises(Refusal, match="accepted before"):
            actions.donor_accept(by=sari, pledge=pledge)
        assert AuditEvent.objects.filter(kind="donor.accepted").count() == 1
    money = pledge.purse
    assert money is not None
    assert (money.kind, money.payer_code, money.minimum_months) == ("csr", "SC", 3)
    assert money.regions == [PASSO, RUMAH_TIGA]
    assert (money.first_month, money.last_month) == (JANUARY, date(2026, 3, 1))
    assert money.ceiling == 1_000 * 3 * 16_800


def test_a_bank_pays_as_a_bank_for_its_village() -> None:
    pledge = accepted(promised(kind="bank", villages=[PASSO], months=6, first_month=date(2026, 4, 1)))
    assert pledge.purse is not None
    assert (pledge.purse.kind, pledge.purse.payer_code, pledge.purse.regions) == ("bank", "SB", [PASSO])
    assert pledge.purse.ceiling == 1_000 * 6 * 8_400  # PP 50/2025: half from April on


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"workers": 0}, "donor.workers"),
        ({"months": 13}, "donor.workers"),
        ({"first_month": date(2025, 12, 1)}, "donor.months"),
        ({"first_month": date(2026, 11, 1)}, "donor.months"),
        ({"villages": ["81.01.01.2001"]}, "donor.villages"),
        ({"villages": ["81.71.99.9999"]}, "donor.villages"),
    ],
)
def test_what_cannot_be_kept_is_refused(fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        promised(**fields)
    assert refused.value.code == code


def test_a_donor_stands_once_and_strangers_see_none(rina_far: User) -> None:
    pledge = promised()
    with elevated("a test acts"), pytest.raises(Refusal, match="in the list already"):
        actions.donor_enter(by=None, region_code=AMBON, organisation="pt  uji laut", kind="csr")
    with acting_as(rina_far):
        assert not Donor.objects.exists()
        assert not DonorPledge.objects.exists()
        with pytest.raises(Refusal, match="not yours"):
            actions.donor_accept(by=rina_far, pledge=pledge)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sponsors_donorpledge SET workers = 5",
        "UPDATE sponsors_donorpledge SET status = 'accepted'",
        "DELETE FROM sponsors_donorpledge",
        "DELETE FROM sponsors_donor",
    ],
)
def test_raw_sql_cannot_change_a_promise(statement: str) -> None:
    promised()
    with (
        elevated("a test attacks"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.fixture
def reported(db: None) -> DonorPledge:
    """Seven workers of Passo, two of Rumah Tiga, one of Ahusen who died; January is paid for all."""
    pledge = accepted(promised())
    assert pledge.purse is not None
    people = [
        *register(7),
        *register(2, first=10, village_code=RUMAH_TIGA),
        *register(1, first=20, village_code=AHUSEN),
    ]
    for worker in people:
        pay(worker, pledge.purse, JANUARY)
    with elevated("a test writes a death"):
        Worker.objects.filter(pk=people[-1].pk).update(status="died", died_on=date(2026, 1, 20))
    return pledge


def test_the_report_shows_no_name_and_no_small_number(reported: DonorPledge, sari: User) -> None:
    with acting_as(sari):
        report = report_of(reported)
        pdf = report_pdf(by=sari, pledge=reported)
        again = report_pdf(by=sari, pledge=reported)
    assert [line.workers for line in report.lines] == ["10"]  # three in two villages would show: Passo joins them
    assert (report.total.workers, report.total.months, report.total.amount) == ("10", 10, 168_000)
    assert report.deaths == FEW
    assert pdf[:5] == b"%PDF-"
    assert pdf == again
    with acting_as(sari):
        assert AuditEvent.objects.filter(kind="donor.reported").count() == 2


def village(number: int, workers: int) -> Village:
    return Village(f"81.71.01.{number:04d}", f"Desa {number}", workers, workers, workers * 16_800)


@given(st.lists(st.integers(1, 12), max_size=8), st.integers(0, 9))
def test_no_small_number_can_be_found_from_the_shown_ones(sizes: list[int], deaths: int) -> None:
    villages = [village(number, workers) for number, workers in enumerate(sizes)]
    small, rest = together(villages)
    assert sorted([*small, *rest]) == villages
    assert all(one.workers >= LEAST for one in rest)
    if small and rest:
        assert len(small) > 1
        assert sum(one.workers for one in small) >= LEAST
    report = shown(villages, deaths)
    people = sum(sizes)
    if 0 < people < LEAST:
        assert (report.total.workers, report.total.amount) == (FEW, None)
        assert all(line.amount is None for line in report.lines)
    assert report.deaths == (FEW if people < LEAST or 0 < deaths < LEAST else str(deaths))


def test_from_donor_to_report_by_page(client_of: ClientOf, sari: User, dewi: User) -> None:
    browser, of = client_of(sari), programme()
    lists = reverse("donor_list")
    assert "Belum ada donatur" in browser.get(lists).content.decode()
    given = {"organisation": "PT Uji Laut", "kind": "csr", "contact_name": "Penghubung"}
    assert browser.post(lists, {}).status_code == 422
    detail = browser.post(lists, given).headers["Location"]
    assert browser.post(lists, given).status_code == 422
    assert client_of(dewi).post(lists, given).status_code == 403
    with elevated("a test looks"):
        donor = Donor.objects.get()
    url = reverse("donor_promise", args=[donor.public_id])
    terms = {"programme": of.pk, "workers": 1_000, "months": 3, "first_month": "2026-01", "villages": PASSO}
    assert browser.post(url, terms | {"villages": "Passo"}).status_code == 422
    assert browser.post(url, terms | {"first_month": "2026-12"}).status_code == 422
    told = browser.post(url, terms, follow=True).content.decode()
    for said in ("mungkin tidak menghitung", "sumbernya berbeda", ">500<", ">0<"):
        assert said in told, said
    with elevated("a test looks"):
        pledge = DonorPledge.objects.get()
    report = reverse("promise_report", args=[pledge.public_id])
    assert "Belum ada yang dilaporkan" in browser.get(report).content.decode()
    accept = reverse("promise_accept", args=[pledge.public_id])
    assert "sumber dananya dibuka" in browser.post(accept, follow=True).content.decode()
    assert "sudah diterima" in browser.post(accept, follow=True).content.decode()
    assert "50.400.000" in browser.get(detail).content.decode()
    with elevated("a test pays"):
        money = DonorPledge.objects.get().purse
    assert money is not None
    for worker in register(6):
        pay(worker, money, JANUARY)
    page = browser.get(report).content.decode()
    assert "Passo" in page
    assert "Pekerja 1" not in page
    pdf = browser.post(reverse("promise_pdf", args=[pledge.public_id]))
    assert (pdf.content[:5], pdf.headers["Content-Type"]) == (b"%PDF-", "application/pdf")
