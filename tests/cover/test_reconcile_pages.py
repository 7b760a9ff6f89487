"""The pages of the comparison with BPJS."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import Difference, Reconciliation
from salawaku.registry.models import Worker
from tests.conftest import person
from tests.cover.test_reconcile import active, listed
from tests.cover.test_selectors import pay
from tests.programmes.city import JANUARY, programme, purse, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def paid(db: None) -> list[Worker]:
    """Fifty-three workers, paid for January."""
    workers = register(53)
    money = purse(programme(), ceiling=1_000_000_000)
    for worker in workers:
        pay(worker, money, JANUARY)
    return workers


def upload(browser: Client, content: bytes, *, month: str = "2026-01") -> int:
    file = SimpleUploadedFile("aktif.xlsx", content)
    return int(browser.post(reverse("reconcile_list"), {"month": month, "file": file}, follow=True).status_code)


def test_a_month_from_upload_to_closed(client_of: ClientOf, sari: User, budi: User, paid: list[Worker]) -> None:
    browser = client_of(sari)
    assert "Belum ada bulan" in browser.get(reverse("reconcile_list")).content.decode()
    assert upload(browser, listed(*active(paid[0]))) == 200
    one = Reconciliation.objects.get()
    url = reverse("reconcile_detail", args=[one.public_id])
    page = browser.get(url)
    assert len(page.context["rows"]) == 50
    assert len(browser.get(url + page.context["next_url"]).context["rows"]) == 2
    assert paid[1].nik not in page.content.decode()
    assert browser.get(f"{url}?kind=amount&after=x").context["rows"] == []
    assert len(browser.get(f"{url}?kind=nonsense").context["rows"]) == 50
    first = page.context["rows"][0]
    settle = reverse("reconcile_settle", args=[one.public_id, first.pk])
    browser.post(reverse("reconcile_take", args=[one.public_id, first.pk]))
    browser.post(settle, {"reason": ""})
    browser.post(reverse("reconcile_close", args=[one.public_id]))
    with elevated("a test looks"):
        first.refresh_from_db()
        assert (first.owner, first.status) == (sari, "open")
    browser.post(settle, {"reason": "disurati", "signed_off": "on"})
    with elevated("a test settles the rest"):
        first.refresh_from_db()
        assert (first.status, first.reason) == ("signed_off", "disurati")
        rest = Difference.objects.filter(status="open")
        rest.update(status="settled", settled_by=sari, settled_at=one.made_at)
    client_of(budi).post(reverse("reconcile_close", args=[one.public_id]))
    one.refresh_from_db()
    assert (one.status, one.closed_by) == ("closed", budi)
    told = client_of(budi).post(settle, {"reason": "x"}, follow=True).content.decode()
    assert "sudah ditutup" in told
    told = browser.post(reverse("reconcile_take", args=[one.public_id, first.pk]), follow=True).content.decode()
    assert "sudah ditutup" in told


def test_what_is_no_reason_settles_nothing(client_of: ClientOf, sari: User, paid: list[Worker]) -> None:
    browser = client_of(sari)
    upload(browser, listed(*active(paid[0])))
    one = Reconciliation.objects.get()
    with elevated("a test looks"):
        first = Difference.objects.order_by("pk")[0]
    for reason in ("", " ", "x" * 301):
        for name, where in (("reconcile_settle", [one.public_id, first.pk]), ("reconcile_sign_off", [one.public_id])):
            form = {"reason": reason, "signed_off": "on", "kind": "paid_not_active"}
            told = browser.post(reverse(name, args=where), form, follow=True)
            assert "beberapa kata" in told.content.decode()
            assert browser.post(reverse(name, args=where), form | {"reason": "a\0b"}).status_code == 400
    with elevated("a test looks"):
        assert not Difference.objects.exclude(status="open").exists()


def test_a_kind_is_signed_off_on_the_page(client_of: ClientOf, sari: User, paid: list[Worker]) -> None:
    browser = client_of(sari)
    upload(browser, listed(*active(paid[0])))
    one = Reconciliation.objects.get()
    page = browser.get(reverse("reconcile_detail", args=[one.public_id]) + "?kind=paid_not_active").content.decode()
    assert "52" in page
    url = reverse("reconcile_sign_off", args=[one.public_id])
    assert "beberapa kata" in browser.post(url, {"kind": "paid_not_active"}, follow=True).content.decode()
    done = browser.post(url, {"kind": "paid_not_active", "reason": "disurati"}, follow=True).content.decode()
    assert "52 selisih disetujui" in done


def test_what_cannot_be_compared_stays_on_the_page(client_of: ClientOf, sari: User, paid: list[Worker]) -> None:
    browser = client_of(sari)
    assert upload(browser, b"nothing") == 422
    assert browser.post(reverse("reconcile_list"), {"month": "x"}).status_code == 422
    content = listed(*active(*paid))
    assert upload(browser, content) == 200
    file = SimpleUploadedFile("aktif.xlsx", content)
    again = browser.post(reverse("reconcile_list"), {"month": "2026-01", "file": file}, follow=True)
    assert "sudah pernah dibandingkan" in again.content.decode()
    assert "Ketiganya cocok" in again.content.decode()


def test_who_only_looks_does_not_compare(client_of: ClientOf, sari: User, rina: User, paid: list[Worker]) -> None:
    upload(client_of(sari), listed(*active(paid[0])))
    one = Reconciliation.objects.get()
    leader = client_of(person("wali@ambon.example", "Wali", ("leader", "81.71")))
    assert leader.get(reverse("reconcile_detail", args=[one.public_id])).context["rows"] == []
    assert upload(leader, listed(*active(paid[0]))) == 403
    assert client_of(rina).get(reverse("reconcile_detail", args=[one.public_id])).status_code == 404
    assert client_of(sari).post(reverse("reconcile_settle", args=[one.public_id, 0])).status_code == 404


def test_somebody_with_two_regions_brings_the_home_list(client_of: ClientOf, paid: list[Worker]) -> None:
    both = person("dua@maluku.example", "Dua", ("programme_officer", "81.71"), ("programme_officer", "81.01"))
    assert upload(client_of(both), listed(*active(paid[0]))) == 200
    assert Reconciliation.objects.get().region_code == "81.71"
