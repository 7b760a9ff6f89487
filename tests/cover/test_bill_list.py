"""The list of bills: every bill can be reached, and what is open counts all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import User
from salawaku.cover.actions import order_record
from salawaku.cover.models import Bill, RefundLetter
from salawaku.programmes.models import Purse
from tests.programmes.city import JANUARY, programme, purse

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
URL = "bill_list"


@pytest.fixture
def money(db: None) -> Purse:
    """A purse of Ambon."""
    return purse(programme(), ceiling=10_000_000)


def bills(money: Purse, number: int) -> list[Bill]:
    """As many parts of January, and one bill of June 2025, each of one worker and 16,800 rupiah."""
    parts = [(JANUARY, part) for part in range(1, number + 1)]
    return Bill.objects.bulk_create(
        Bill(
            programme=money.programme, purse=money, month=month, part=part, amount=16_800, workers=1,
            billing_code=f"{month:%y%m}-{part}", due_on=month,
        )
        for month, part in [*parts, (date(2025, 6, 1), 1)]
    )  # fmt: skip


def test_pages_follow_each_other_without_a_bill_lost_or_shown_twice(
    client_of: ClientOf, sari: User, money: Purse
) -> None:
    bills(money, 110)
    browser, seen, at = client_of(sari), [], reverse(URL)
    while at:
        page = browser.get(at)
        seen += [bill.billing_code for bill in page.context["bills"]]
        at = page.context["next_url"] and reverse(URL) + page.context["next_url"]
    assert seen == [*(f"2601-{part}" for part in range(1, 111)), "2506-1"]


def test_what_is_open_counts_the_bills_of_every_page_and_month(client_of: ClientOf, sari: User, money: Purse) -> None:
    bills(money, 60)
    browser = client_of(sari)
    for at in (reverse(URL), f"{reverse(URL)}?month=2025-06"):
        assert "Rp1.024.800" in browser.get(at).content.decode()


def test_one_month_is_shown_however_old_it_is(client_of: ClientOf, sari: User, rina_far: User, money: Purse) -> None:
    bills(money, 60)
    page = client_of(sari).get(reverse(URL), {"month": "2025-06"})
    assert [bill.billing_code for bill in page.context["bills"]] == ["2506-1"]
    assert "Juni 2025" in page.content.decode()
    assert page.context["months"] == [JANUARY, date(2025, 6, 1)]
    kept = client_of(sari).get(reverse(URL), {"month": "2026-01"}).context["next_url"]
    assert "month=2026-01" in kept
    assert client_of(rina_far).get(reverse(URL) + kept).context["bills"] == []


@pytest.mark.parametrize("asked", [{"month": "2026-13"}, {"month": "x"}, {"after": "x"}, {"month": "2026-1"}])
def test_nonsense_in_the_address_is_left_out(
    client_of: ClientOf, sari: User, money: Purse, asked: dict[str, str]
) -> None:
    bills(money, 1)
    assert len(client_of(sari).get(reverse(URL), asked).context["bills"]) == 2


def test_a_month_without_a_bill_says_so(client_of: ClientOf, sari: User, money: Purse) -> None:
    bills(money, 1)
    page = client_of(sari).get(reverse(URL), {"month": "2024-01"}).content.decode()
    assert "Belum ada tagihan untuk bulan ini" in page


def test_orders_and_letters_go_on_behind_the_fiftieth(client_of: ClientOf, sari: User, money: Purse) -> None:
    for number, bill in enumerate(bills(money, 52)):
        order_record(by=sari, number=f"{number}/SP2D", issued_on=JANUARY, amount=bill.amount, bills=[bill])
    RefundLetter.objects.bulk_create(
        RefundLetter(purse=money, number=f"{number}", issued_on=date(2026, 1 + number % 2, 1)) for number in range(53)
    )
    browser = client_of(sari)
    for name, rows in (("order_list", "orders"), ("refund_list", "letters")):
        first = browser.get(reverse(name))
        second = browser.get(reverse(name) + first.context["next_url"])
        shown = [row.pk for row in (*first.context[rows], *second.context[rows])]
        assert len(shown) == len(set(shown)) == 53
        assert second.context["next_url"] == ""
