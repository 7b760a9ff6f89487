"""Pages of the cover room: insider, stranger, nobody, malformed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as
from salawaku.cover import panels
from salawaku.cover.models import Bill
from salawaku.programmes.models import Programme
from salawaku.registry.models import Worker
from salawaku.web.wording import month as month_long
from tests.conftest import person
from tests.cover.test_selectors import pay
from tests.programmes.city import PASSO, approved, programme, purse, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
PAGES = ("cover_board", "cover_lapses", "cover_villages", "bill_list", "payments")


@pytest.fixture
def here(budi: User) -> Programme:
    """Two workers decreed for this year."""
    register(2)
    year = timezone.localdate().year
    made = programme(first_month=date(year, 1, 1), last_month=date(year, 12, 1))
    purse(made, ceiling=10_000_000)
    approved(made, by=budi)
    return made


@pytest.mark.parametrize("page", PAGES)
def test_insider_stranger_and_nobody(
    client: Client, client_of: ClientOf, sari: User, tono: User, here: Programme, page: str
) -> None:
    assert client.get(reverse(page)).status_code == 302
    assert client_of(tono).get(reverse(page)).status_code == 403
    assert client_of(sari).get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_sees_nobody(client_of: ClientOf, rina_far: User, here: Programme, page: str) -> None:
    shown = client_of(rina_far).get(reverse(page)).content.decode()
    assert "Pekerja 1" not in shown
    assert "APBD Kota" not in shown


def test_bills_are_made_on_the_page_once(client_of: ClientOf, sari: User, dewi: User, here: Programme) -> None:
    url = reverse("bill_list")
    month = f"{here.first_month:%Y-%m}"
    assert client_of(dewi).post(url, {"month": month}).status_code == 403
    client_of(sari).post(url, {"month": "kapan"})
    assert not Bill.objects.exists()
    for _turn in range(2):
        client_of(sari).post(url, {"month": month})
    assert Bill.objects.count() == 1
    assert Bill.objects.get().billing_code in client_of(sari).get(url).content.decode()


@pytest.mark.parametrize(("month", "told"), [("2010-01", "tidak diketahui"), ("9999-12", "Sebutkan bulan|bulan")])
def test_a_month_without_law_is_refused(client_of: ClientOf, sari: User, month: str, told: str) -> None:
    answer = client_of(sari).post(reverse("bill_list"), {"month": month}, follow=True)
    assert answer.status_code == 200
    assert re.search(told, answer.content.decode())
    assert not Bill.objects.exists()


def test_payments_are_taken_on_the_page(client_of: ClientOf, sari: User, here: Programme) -> None:
    finance = person("bpkad@ambon.example", "Bendahara", ("finance_officer", "81.71"))
    client_of(sari).post(reverse("bill_list"), {"month": f"{here.first_month:%Y-%m}"})
    bill = Bill.objects.get()
    text = f"resi;kode iuran;jumlah;tanggal\n1;{bill.billing_code};{bill.amount};2026-01-12\n2;x;5;2026-01-12\n"
    browser, url = client_of(finance), reverse("payments")

    def upload(content: str) -> int:
        answer = browser.post(url, {"file": SimpleUploadedFile("bank.csv", content.encode())})
        return int(answer.status_code)

    assert (upload(text), upload(""), upload("a;b\n1;2"), browser.post(url).status_code) == (200, 422, 422, 422)
    bill.refresh_from_db()
    assert bill.status == "paid"
    assert ">2</a></th>" in browser.get(url).content.decode()
    assert client_of(sari).post(url).status_code == 403


def test_lapse_lists_filter_page_and_hide(client_of: ClientOf, sari: User) -> None:
    made = programme()
    money = purse(made, ceiling=10_000_000)
    today = timezone.localdate()
    for worker in register(52):
        pay(worker, money, law.add_months(today, -3))
    browser, url = client_of(sari), reverse("cover_lapses") + f"?month={law.add_months(today, 1):%Y-%m}"
    first = browser.get(url)
    assert len(first.context["rows"]) == 50
    assert len(browser.get(reverse("cover_lapses") + first.context["next_url"]).context["rows"]) == 2
    assert len(browser.get(f"{url}&village={PASSO}").context["rows"]) == 50
    odd = {"village": "' OR 1=1", "after": "zz", "month": "2026-13"}
    assert browser.get(reverse("cover_lapses"), odd).status_code == 200
    assert "0000000000000001" not in first.content.decode()
    leader = person("wali@ambon.example", "Wali", ("leader", "81.71"))
    counts = client_of(leader).get(url)
    assert (counts.context["rows"], counts.context["number"]) == ([], 52)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        (range(6), "42.000.000"),
        ([0], "10.000.000"),
        ([2, 3, 4, 5], "42.000.000"),
        ([9], "three months"),
        ([], "No programme"),
    ],
)
def test_what_the_worker_s_page_shows(sari: User, rf: RequestFactory, steps: Iterable[int], says: str) -> None:
    worker = register(1)[0]
    today = timezone.localdate()
    pay(worker, purse(programme(), ceiling=5), *(law.add_months(today, -step) for step in steps))
    request = rf.get("/")
    request.user = sari
    with acting_as(sari), translation.override("en"):
        shown = panels.cover_panel(request, worker)
        cells = panels.strip_cells(request, [worker])
    assert says in shown.replace(",", ".")
    assert ('class="strip' in shown) == bool(list(steps)) == (worker.pk in cells)


def test_the_worker_s_page_tells_what_catching_up_costs(sari: User, rf: RequestFactory) -> None:
    worker = register(1)[0]
    today = timezone.localdate()
    paid = [law.add_months(today, -step) for step in range(2, 45)]
    pay(worker, purse(programme(), ceiling=5, kind="foster", payer_code="SC"), *paid)
    request = rf.get("/")
    request.user = sari
    clock = law.cover_clock(paid, today)
    cost = law.catch_up_cost(clock, payer=law.Payer.FOSTER, sector=law.Sector.OTHER)
    with acting_as(sari), translation.override("en"):
        shown = panels.cover_panel(request, worker)
    assert "the 2 missing months cost" in shown
    assert f"Rp{cost:,}" in shown
    assert clock.scholarship_from == law.add_months(paid[-1], 35)
    assert month_long(clock.scholarship_from, language="en") in shown


def test_decreed_and_not_paid_yet(sari: User, rf: RequestFactory, here: Programme) -> None:
    request = rf.get("/")
    request.user = sari
    with acting_as(sari), translation.override("en"):
        shown = panels.cover_panel(request, Worker.objects.all()[0])
    assert "none has been paid yet" in shown
