"""The calendar: opened by its secret, within the scope of the moment, without persons."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import Scope, elevated, scope
from salawaku.cover.actions import bill_join, bill_run, bill_split
from salawaku.cover.models import Difference, Reconciliation
from salawaku.notices import agenda
from salawaku.notices.actions import feed_make, feed_read, feed_revoke
from salawaku.notices.models import CalendarFeed
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from tests.notices.test_ics import unfold
from tests.notices.test_rules import wish
from tests.programmes.city import PASSO, approved, programme, purse, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
APRIL = date(2026, 4, 1)


def said(user: User, *, today: date = APRIL) -> str:
    return unfold(agenda.calendar_of(user, today=today).decode())


def feed_of(secret: str, **headers: str) -> object:
    return Client().get(reverse("calendar_feed", args=[secret]), headers=headers)


def test_each_sees_the_own_area(lapsing: Purse, sari: User, operator: User, rina_far: User, tono: User) -> None:
    assert lapsing.pk
    assert "SUMMARY:Hari terakhir: 4 kepesertaan berakhir besok" in said(sari)
    assert "SUMMARY:Hari terakhir: 3 kepesertaan berakhir besok" in said(operator)
    assert "DTSTART;VALUE=DATE:20260430" in said(operator)
    assert "UID:lapse-2026-05-01@salawaku" in said(operator)
    assert "lapse-" not in said(rina_far)
    assert "VEVENT" not in said(tono)


def test_no_person_is_in_it(lapsing: Purse, sari: User) -> None:
    assert lapsing.pk
    text = said(sari)
    with elevated("a test looks for names"):
        assert not any(worker.name in text or worker.nik in text for worker in Worker.objects.all())
    assert "VALARM" not in text


def test_bills_months_and_january(sari: User, budi: User, rina: User) -> None:
    here = programme()
    purse(here, ceiling=1_000_000)
    worker = register(2)[0]
    approved(here, by=budi, maker=sari)
    bill = bill_run(by=sari, month=date(2026, 3, 1)).bills[0]
    joined = bill_split(by=sari, bill=bill, at_most=16_800)
    bill_join(by=sari, bill=joined, into=bill)
    with elevated("a test"):
        month = Reconciliation.objects.create(
            month=date(2026, 2, 1), region_code="81.71", file_name="x", sha256="0" * 64, rows=1
        )
        Difference.objects.create(
            reconciliation=month, kind="paid_not_active", worker=worker, village_code=PASSO, due_on=date(2026, 4, 9)
        )
    text = said(sari)
    assert f"UID:bill-{bill.public_id}@salawaku" in text
    assert f"UID:bill-{joined.public_id}@salawaku" not in text
    assert f"DTSTART;VALUE=DATE:{bill.due_on:%Y%m%d}" in text
    assert f"UID:month-{month.public_id}@salawaku" in text
    assert "DTSTART;VALUE=DATE:20260409" in text
    assert "UID:january-2027@salawaku" in text
    assert "DTSTART;VALUE=DATE:20260901" in text
    assert "UID:january-2028@salawaku" in said(sari, today=date(2026, 10, 1))
    assert "VEVENT" not in said(rina)


def test_it_speaks_the_language_that_was_chosen(lapsing: Purse, operator: User) -> None:
    assert lapsing.pk
    wish(operator, language="en")
    assert "SUMMARY:Last day: 3 memberships end tomorrow" in said(operator)


def test_the_secret_opens_it_without_a_log_in(operator: User) -> None:
    _feed, secret = feed_make(by=operator)
    answer = feed_of(secret)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert "private" in answer["Cache-Control"]
    assert CalendarFeed.objects.get().last_read_on
    assert secret not in CalendarFeed.objects.get().digest


def test_nothing_new_is_not_sent_again(lapsing: Purse, operator: User) -> None:
    assert lapsing.pk
    _feed, secret = feed_make(by=operator)
    tag = feed_of(secret)["ETag"]
    same = feed_of(secret, if_none_match=tag)
    assert (same.status_code, same.content) == (304, b"")
    assert feed_of(secret, if_none_match='"x"').status_code == 200
    wish(operator, language="en")
    operator.assignments.update(role_id="programme_officer")
    changed = feed_of(secret, if_none_match=tag)
    assert changed.status_code == 200
    assert changed["ETag"] != tag


@pytest.mark.parametrize("secret", ["x", "0" * 43, "a-_b"])
def test_a_wrong_secret_opens_nothing(operator: User, secret: str) -> None:
    feed_make(by=operator)
    assert feed_of(secret).status_code == 404
    assert Client().post(reverse("calendar_feed", args=[secret])).status_code == 405


def test_a_hash_is_no_secret(operator: User) -> None:
    feed, _secret = feed_make(by=operator)
    assert feed_of(feed.digest).status_code == 404


def test_made_anew_the_old_one_ends_and_revoked_none_is_left(operator: User) -> None:
    _old, first = feed_make(by=operator)
    _new, second = feed_make(by=operator)
    assert feed_read(secret=first) is None
    assert feed_read(secret=second) == operator
    assert feed_revoke(by=operator) is True
    assert feed_revoke(by=operator) is False
    assert feed_of(second).status_code == 404
    with scope(Scope(audit=("81.71",), regions=("81.71",))):
        kinds = list(
            AuditEvent.objects.filter(kind__startswith="calendar").order_by("id").values_list("kind", flat=True)
        )
    assert kinds == ["calendar.made", "calendar.made", "calendar.revoked"]


def test_a_closed_account_has_no_calendar(operator: User) -> None:
    _feed, secret = feed_make(by=operator)
    User.objects.filter(pk=operator.pk).update(is_active=False)
    assert feed_of(secret).status_code == 404


def test_who_loses_a_place_loses_it_in_the_calendar(lapsing: Purse, operator: User) -> None:
    assert lapsing.pk
    before = said(operator)
    operator.assignments.all().delete()
    operator.forget_roles()
    assert "VEVENT" in before
    assert "VEVENT" not in said(operator)


def test_the_page_shows_the_address_once(operator: User, client_of: ClientOf) -> None:
    browser = client_of(operator)
    shown = browser.post(reverse("calendar_settings")).content.decode()
    assert "/kalender/" in shown
    assert ".ics" in shown
    after = browser.get(reverse("calendar_settings")).content.decode()
    assert ".ics" not in after
    assert browser.post(reverse("calendar_revoke")).status_code == 302
    assert not CalendarFeed.objects.filter(revoked_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one_in_force(operator: User) -> None:
    ready = Barrier(4)

    def make(_turn: int) -> str:
        try:
            ready.wait()
            return feed_make(by=operator)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        secrets = list(pool.map(make, range(4)))
    assert [feed_read(secret=secret) for secret in secrets].count(operator) == 1
    assert CalendarFeed.objects.count() == 4
