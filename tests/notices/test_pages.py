"""Pages: one's own notices, wishes, texts to send by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import Scope, elevated, scope
from salawaku.notices import selectors
from salawaku.notices.actions import notices_make, notices_sent_by_hand, preference_set
from salawaku.notices.actions.wish import phone_written
from salawaku.notices.models import Notice, NoticePreference
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from tests.cover.test_selectors import pay
from tests.notices.test_rules import wish
from tests.programmes.city import PASSO, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def today_lapsing(money: Purse, operator: User) -> date:
    """Two members of Passo whose memberships end after this month, told to its operator; the day."""
    assert operator.pk
    today = timezone.localdate()
    for worker in register(2):
        pay(worker, money, law.add_months(today, -3))
    notices_make(by=None, as_of=today)
    return today


def page(browser: Client, name: str, *arguments: object) -> str:
    answer = browser.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def events(kind: str) -> int:
    with scope(Scope(audit=("81.71",), regions=("81.71",))):
        return AuditEvent.objects.filter(kind=kind).count()


def note(user: User, key: str, **fields: object) -> Notice:
    given = {
        "kind": "lapse_month", "region_code": PASSO, "link": "/perlindungan/gugur/", "due_on": date(2099, 1, 31),
        "facts": {"workers": 7, "cost": 1, "ends_on": "2099-02-01"}, **fields,
    }  # fmt: skip
    return Notice.objects.create(recipient=user, key=key, **given)


def test_the_page_tells_and_the_menu_counts(today_lapsing: date, operator: User, client_of: ClientOf) -> None:
    text = page(client_of(operator), "notice_list")
    assert "Negeri Passo" in text
    assert "Rp33.600" in text
    assert re.search(r'nav-count">1<', page(client_of(operator), "cover_board"))
    assert today_lapsing


def test_an_empty_page_says_so(tono: User, client_of: ClientOf) -> None:
    text = page(client_of(tono), "notice_list")
    assert reverse("notice_preferences") in text
    assert "nav-count" not in text


def test_whoever_can_be_told_anything_sees_the_bell(
    sari: User, operator: User, treasurer: User, admin: User, tono: User, client_of: ClientOf
) -> None:
    link = f'href="{reverse("notice_list")}"'
    assert all(link in page(client_of(user), "home") for user in (sari, operator, treasurer))
    assert not any(link in page(client_of(user), "home") for user in (admin, tono))


def test_to_look_is_to_read(operator: User, sari: User, client_of: ClientOf) -> None:
    notice, browser = note(operator, "a"), client_of(operator)
    answer = browser.post(reverse("notice_open", args=[notice.public_id]))
    assert (answer.status_code, answer["Location"]) == (302, "/perlindungan/gugur/")
    first = Notice.objects.get().read_at
    browser.post(reverse("notice_open", args=[notice.public_id]))
    assert Notice.objects.get().read_at == first
    assert first
    assert client_of(sari).post(reverse("notice_open", args=[notice.public_id])).status_code == 404


def test_put_away_is_gone_and_not_told_again(today_lapsing: date, operator: User, client_of: ClientOf) -> None:
    notice, browser = Notice.objects.get(recipient=operator), client_of(operator)
    for status in (302, 404):
        assert browser.post(reverse("notice_dismiss", args=[notice.public_id])).status_code == status
    assert events("notice.dismissed") == 1
    notices_make(by=None, as_of=today_lapsing)
    assert selectors.notice_page(operator) == ([], "")


def test_all_are_read_at_once_and_only_the_own(operator: User, sari: User, client_of: ClientOf) -> None:
    note(operator, "a")
    note(operator, "b")
    note(sari, "c", region_code="81.71")
    client_of(operator).post(reverse("notices_read_all"))
    assert (selectors.unread_count(operator), selectors.unread_count(sari)) == (0, 1)


def test_pages_go_from_the_unread_to_the_read_and_miss_none(operator: User) -> None:
    for number in range(2 * selectors.PAGE + 5):
        note(operator, str(number), read_at=timezone.now() if number % 2 else None)
    seen: list[Notice] = []
    after = ""
    while True:
        shown, after = selectors.notice_page(operator, after=after)
        assert len(shown) <= selectors.PAGE
        seen += [row.notice for row in shown]
        if not after:
            break
    assert len({notice.pk for notice in seen}) == len(seen) == 2 * selectors.PAGE + 5
    assert [bool(notice.read_at) for notice in seen] == sorted(bool(notice.read_at) for notice in seen)
    for half in (False, True):
        numbers = [notice.pk for notice in seen if bool(notice.read_at) is half]
        assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("after", ["u", "x5", "u-1", "u99999999999999999999", "' OR 1", "r0"])
def test_an_odd_place_breaks_nothing(operator: User, client_of: ClientOf, after: str) -> None:
    note(operator, "a")
    assert client_of(operator).get(reverse("notice_list"), {"after": after}).status_code == 200


def test_a_failed_letter_is_seen(operator: User, client_of: ClientOf) -> None:
    note(operator, "a", mail="failed", claimed_at=timezone.now(), failure="SMTPDataError 451")
    assert "SMTPDataError 451" in page(client_of(operator), "notice_list")


def test_without_a_mail_server_the_page_says_so(operator: User, client_of: ClientOf, settings) -> None:
    assert "note-warning" not in page(client_of(operator), "notice_list")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    for name in ("notice_list", "notice_preferences"):
        assert "note-warning" in page(client_of(operator), name)


WISHES = {
    "kinds": ["lapse_week", "lapse_month"], "by_mail": "on", "rhythm": "weekly", "quiet_from": "19:30",
    "quiet_until": "07:00", "language": "en", "phone": "0812-3456-7890",
}  # fmt: skip


def test_wishes_are_kept_and_shown_again(operator: User, client_of: ClientOf) -> None:
    browser = client_of(operator)
    answer = browser.post(reverse("notice_preferences"), WISHES)
    assert answer.status_code == 302
    kept = NoticePreference.objects.get(user=operator)
    assert (kept.kinds_off, kept.rhythm, kept.quiet_from, kept.phone) == (
        ["lapse_next"], "weekly", time(19, 30), "6281234567890",
    )  # fmt: skip
    text = page(browser, "notice_preferences")
    assert 'value="19:30"' in text
    assert "january_plan" not in text
    assert events("notice.preferences") == 1


@pytest.mark.parametrize(
    "wrong", [{"phone": "12"}, {"rhythm": "hourly"}, {"quiet_from": "25:00"}, {"language": "xx"}, {"kinds": ["x"]}]
)
def test_a_wish_that_makes_no_sense_is_refused(operator: User, client_of: ClientOf, wrong: dict[str, object]) -> None:
    answer = client_of(operator).post(reverse("notice_preferences"), WISHES | wrong)
    assert answer.status_code == 422
    assert not NoticePreference.objects.exists()


def test_a_kind_of_another_role_stays_as_it_was(sari: User, client_of: ClientOf) -> None:
    wish(sari, kinds_off=["january_plan", "bill_due"])
    sari.assignments.update(role_id="village_operator", region_code=PASSO)
    client_of(sari).post(reverse("notice_preferences"), WISHES)
    assert NoticePreference.objects.get(user=sari).kinds_off == ["bill_due", "january_plan", "lapse_next"]


def test_unknown_kinds_are_refused(sari: User) -> None:
    with pytest.raises(Refusal) as refused:
        preference_set(
            by=sari, kinds_off=["x"], by_mail=True, rhythm="daily", quiet_from=time(20), quiet_until=time(6),
            language="id",
        )  # fmt: skip
    assert refused.value.code == "notice.unknown_choice"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("0812 3456 7890", "6281234567890"), ("+62 812-3456-7890", "6281234567890"),
     ("6281234567890", "6281234567890")],
)  # fmt: skip
def test_numbers_are_written_as_whatsapp_takes_them(typed: str, kept: str) -> None:
    assert phone_written(typed) == kept


@pytest.mark.parametrize("typed", ["08", "abc", "8171039911223344", "+1 555 0100 200", "0812345678901234567"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        phone_written(typed)
    assert refused.value.code == "notice.phone"


def test_the_outbox_has_a_text_for_each_operator_without_persons(
    today_lapsing: date, operator: User, sari: User, client_of: ClientOf
) -> None:
    assert today_lapsing
    wish(operator, phone="0812-3456-7890")
    text = page(client_of(sari), "outbox")
    assert "https://wa.me/6281234567890?text=" in text
    assert 'rel="noopener noreferrer"' in text
    assert "readonly" in text
    rows, _after = selectors.outbox(sari, today=today_lapsing)
    assert [(row.recipient, row.place) for row in rows] == [(operator, "Negeri Passo")]
    said = rows[0].text
    assert "Rp33.600" in said
    assert operator.name not in said
    with elevated("a test looks for names"):
        assert not any(worker.name in said or worker.nik in said for worker in Worker.objects.all())


def test_the_outbox_works_without_a_number(
    today_lapsing: date, operator: User, sari: User, client_of: ClientOf
) -> None:
    assert today_lapsing
    text = page(client_of(sari), "outbox")
    assert operator.name in text
    assert "https://wa.me/?text=" in text


def test_sent_by_hand_is_written_down_once(
    today_lapsing: date, operator: User, sari: User, budi: User, client_of: ClientOf
) -> None:
    address = reverse("outbox_sent", args=[operator.public_id])
    client_of(sari).post(address)
    notice = Notice.objects.get(recipient=operator)
    assert notice.by_hand_by == sari
    assert notice.by_hand_at
    assert client_of(budi).post(address).status_code == 302
    with pytest.raises(Refusal) as refused:
        notices_sent_by_hand(by=budi, recipient=operator, today=today_lapsing)
    assert refused.value.code == "notice.nothing_to_send"
    assert Notice.objects.get(recipient=operator).by_hand_by == sari
    assert events("notice.sent_by_hand") == 1
    assert "Sari" in page(client_of(budi), "outbox")


def test_the_outbox_is_for_the_own_area(
    today_lapsing: date, operator: User, rina_far: User, rina: User, dewi: User, client_of: ClientOf
) -> None:
    assert selectors.outbox(rina_far, today=today_lapsing) == ([], 0)
    address = reverse("outbox_sent", args=[operator.public_id])
    assert client_of(rina_far).post(address).status_code == 404
    for user in (rina, dewi, operator):
        assert client_of(user).get(reverse("outbox")).status_code == 403
        assert client_of(user).post(address).status_code == 403
    assert Notice.objects.get(recipient=operator).by_hand_at is None


def test_what_is_too_late_is_not_in_the_outbox(sari: User, operator: User) -> None:
    note(operator, "a", due_on=date(2026, 1, 31))
    assert selectors.outbox(sari, today=date(2026, 1, 31))[0]
    assert selectors.outbox(sari, today=date(2026, 2, 1)) == ([], 0)
