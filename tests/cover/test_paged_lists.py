"""Lists that stopped silently: every row is reached, page by page, in the same order."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover import order_views, reconcile_views
from salawaku.cover.actions import bills_prepay
from salawaku.cover.models import Bill, PaymentOrder, Reconciliation
from salawaku.sponsors.actions import PledgeTerms, pledge_record
from salawaku.sponsors.models import Donor, Pledge
from salawaku.sponsors.views import donors, pledges
from salawaku.web.paging import page_by
from tests.conftest import person
from tests.programmes.city import DECEMBER, JANUARY, approved, programme, purse, register
from tests.sponsors.office import AMBON, PAPER, foster, sponsors

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
NEXT = re.compile(r'href="(\?[a-z_]*after=[^"]+)"')


def walked(browser: Client, url: str, rows: str) -> list[list[object]]:
    """The rows of each page of a list, by following its link to the next."""
    found, query = [], ""
    while True:
        answer = browser.get(f"{url}{query}")
        found.append(list(answer.context[rows]))
        told = NEXT.search(answer.content.decode())
        if told is None:
            return found
        query = told[1].replace("&amp;", "&")
        assert len(found) < 20


def test_months_compared(client_of: ClientOf, sari: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile_views, "ROWS", 3)
    for number in range(7):
        Reconciliation.objects.create(
            month=date(2026, 1 + number // 2, 1), region_code=("81.71", "81.71.03")[number % 2], file_name="a",
            sha256="0" * 64, rows=1, made_by=sari,
        )  # fmt: skip
    pages = walked(client_of(sari), reverse("reconcile_list"), "months")
    rows = [row for page in pages for row in page]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert rows == sorted(rows, key=lambda one: (-one.month.month, one.region_code))


def test_donors(client_of: ClientOf, sari: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(donors, "ROWS", 2)
    with elevated("a test writes"):
        for name in ("Bank C", "Bank A", "Bank E", "Bank D", "Bank B"):
            Donor.objects.create(organisation=name, village_code=AMBON)
    pages = walked(client_of(sari), reverse("donor_list"), "donors")
    assert [[one.organisation[-1] for one in page] for page in pages] == [["A", "B"], ["C", "D"], ["E"]]


def test_pledges_that_wait(client_of: ClientOf, sari: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pledges, "ROWS", 2)
    money = foster()
    terms = PledgeTerms(workers=1, first_month=JANUARY, last_month=DECEMBER, signed_on=date(2025, 12, 1))
    with elevated("a test writes"):
        for sponsor in sponsors(3):
            pledge_record(by=None, sponsor=sponsor, purse=money, terms=terms, paper=PAPER)
    pages = walked(client_of(sari), reverse("pledge_list"), "rows")
    with elevated("a test looks"):
        waiting = list(Pledge.objects.order_by("id"))
    assert pages == [waiting[:2], waiting[2:]]


@pytest.fixture
def year(budi: User) -> list[Bill]:
    """Twelve bills of one purse."""
    register(1)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    bills_prepay(by=None, first=JANUARY, last=DECEMBER)
    return list(Bill.objects.order_by("due_on", "id"))


def test_bills_that_wait_for_an_order(client_of: ClientOf, year: list[Bill], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_views, "ROWS", 5)
    finance = person("keuangan@ambon.example", "Tina", ("finance_officer", "81.71"))
    browser, url, query = client_of(finance), reverse("order_list"), ""
    seen: list[str] = []
    for expected in (5, 5, 2):
        text = browser.get(f"{url}{query}").content.decode()
        codes = re.findall(r"\d{6}-\d{6}-\d", text)
        assert len(codes) == expected
        seen += codes
        told = NEXT.search(text)
        query = told[1] if told else ""
    assert (seen, query) == ([bill.billing_code for bill in year], "")


def test_a_ticked_bill_of_another_page_stays_ticked_and_can_be_paid(
    client_of: ClientOf, year: list[Bill], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_views, "ROWS", 2)
    finance = person("keuangan@ambon.example", "Tina", ("finance_officer", "81.71"))
    browser, url, last = client_of(finance), reverse("order_list"), year[-1]
    asked = browser.get(url, {"bill": str(last.public_id)}).content.decode()
    assert last.billing_code in asked
    form = {"number": "1", "issued_on": "2026-01-12", "amount": "5", "bills": [str(last.public_id), "x"]}
    assert re.search(f'value="{last.public_id}"[^>]*checked', browser.post(url, form).content.decode())
    form |= {"amount": f"{last.amount}", "bills": [str(last.public_id)]}
    assert browser.post(url, form).status_code == 302
    assert PaymentOrder.objects.get().lines.get().bill == last


def test_a_row_that_is_not_there_begins_at_the_start(year: list[Bill]) -> None:
    found, after = page_by(Bill.objects.all(), order=("due_on", "id"), after=uuid.uuid4(), rows=12)
    assert (found, after) == (year, None)
