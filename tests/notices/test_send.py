"""Letters: at most one for a notice, in quiet hours none, a refused one again, a lost one never again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import elevated
from salawaku.notices.actions import notice_dismiss, notice_read, notices_make, notices_run, notices_send
from salawaku.notices.models import Notice, NoticeRun
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from tests.conftest import person
from tests.notices.mail_server import MailServer, mail_server, text_of
from tests.notices.test_rules import APRIL, wish
from tests.programmes.city import PASSO

pytestmark = pytest.mark.django_db
AMBON_TIME = ZoneInfo("Asia/Jayapura")
MORNING = datetime(2026, 4, 1, 8, 0, tzinfo=AMBON_TIME)  # a Wednesday
NIGHT = MORNING.replace(hour=22)


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """A mail server of this test, and settings that lead to it."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.server_address[1]
        yield running


@pytest.fixture
def waiting(lapsing: Purse, operator: User) -> Notice:
    """A notice that waits to be sent to the operator of Passo."""
    assert lapsing.pk
    notices_make(by=None, as_of=APRIL)
    return Notice.objects.get(recipient=operator)


def again(notice: Notice) -> Notice:
    notice.refresh_from_db()
    return notice


def test_a_letter_says_what_the_page_says_and_names_nobody(waiting: Notice, server: MailServer) -> None:
    assert notices_send(by=None, now=MORNING).emailed == 1
    assert [letter["To"] for letter in server.letters] == ["operator@passo.example"]
    text = text_of(server.letters[0])
    assert "Negeri Passo" in text
    assert "Rp50.400" in text
    assert f"/perlindungan/gugur/?month=2026-05&village={PASSO}" in text
    with elevated("a test looks for names"):
        assert not any(worker.name in text or worker.nik in text for worker in Worker.objects.all())
    assert again(waiting).mail == "sent"
    assert waiting.emailed_at == MORNING


def test_again_nothing_is_sent(waiting: Notice) -> None:
    assert [notices_send(by=None, now=MORNING).emailed for _turn in range(3)] == [1, 0, 0]
    assert len(mail.outbox) == 1
    assert again(waiting).tries == 1


@pytest.mark.parametrize(
    ("moment", "letters"),
    [(NIGHT, 0), (MORNING.replace(hour=5, minute=59), 0), (MORNING.replace(hour=6), 1), (MORNING.replace(hour=19), 1),
     (datetime(2026, 4, 5, 9, tzinfo=AMBON_TIME), 0), (datetime(2026, 4, 3, 9, tzinfo=AMBON_TIME), 0)],
    ids=["night", "just before six", "six", "evening", "sunday", "good friday"],
)  # fmt: skip
def test_quiet_hours_hold_a_letter_back(waiting: Notice, moment: datetime, letters: int) -> None:
    sent = notices_send(by=None, now=moment)
    assert (sent.emailed, sent.quiet) == (letters, 1 - letters)
    assert len(mail.outbox) == letters
    assert again(waiting).mail == ("sent" if letters else "waiting")


def test_the_zone_is_that_of_the_recipient(waiting: Notice) -> None:
    """Seven in the evening in Jakarta is nine in Ambon."""
    assert notices_send(by=None, now=datetime(2026, 4, 1, 19, tzinfo=ZoneInfo("Asia/Jakarta"))).quiet == 1
    assert again(waiting).mail == "waiting"


def test_what_ends_within_a_week_comes_at_night_too(lapsing: Purse, operator: User) -> None:
    assert lapsing.pk
    notices_make(by=None, as_of=date(2026, 4, 26))
    assert notices_send(by=None, now=datetime(2026, 4, 26, 23, tzinfo=AMBON_TIME)).emailed == 1
    assert Notice.objects.get(recipient=operator).urgent


def test_several_notices_are_one_letter_and_one_digest_a_day(waiting: Notice, operator: User) -> None:
    notices_make(by=None, as_of=date(2026, 3, 10))
    assert notices_send(by=None, now=MORNING).emailed == 2
    assert len(mail.outbox) == 1
    assert "2" in mail.outbox[0].subject
    _more(operator, "besok")
    later = notices_send(by=None, now=MORNING + timedelta(hours=3))
    assert (later.emailed, later.later) == (0, 1)
    assert notices_send(by=None, now=MORNING + timedelta(days=1)).emailed == 1
    assert waiting.pk


def test_a_weekly_digest_waits_for_monday(waiting: Notice, operator: User) -> None:
    wish(operator, rhythm="weekly")
    assert notices_send(by=None, now=MORNING).emailed == 1
    _more(operator, "baru")
    for days in (1, 3):
        assert notices_send(by=None, now=MORNING + timedelta(days=days)).later == 1
    assert notices_send(by=None, now=MORNING + timedelta(days=5)).emailed == 1
    assert waiting.pk


def test_who_wants_no_mail_gets_none(lapsing: Purse, operator: User) -> None:
    assert lapsing.pk
    wish(operator, by_mail=False)
    notices_make(by=None, as_of=APRIL)
    assert Notice.objects.get(recipient=operator).mail == "none"
    assert notices_send(by=None, now=MORNING).emailed == 0
    assert mail.outbox == []


def test_a_wish_for_no_mail_takes_back_what_waits(waiting: Notice, operator: User) -> None:
    wish(operator, by_mail=False)
    assert again(waiting).mail == "none"


@pytest.mark.parametrize("put", [notice_read, notice_dismiss])
def test_what_was_read_on_the_page_needs_no_letter(waiting: Notice, operator: User, put) -> None:
    put(by=operator, notice=waiting)
    assert notices_send(by=None, now=MORNING).emailed == 0
    assert again(waiting).mail == "none"


def test_what_was_put_away_is_put_away_once(waiting: Notice, operator: User) -> None:
    notice_dismiss(by=operator, notice=waiting)
    first = again(waiting).dismissed_at
    notice_dismiss(by=operator, notice=waiting)
    assert again(waiting).dismissed_at == first
    with elevated("a test looks"):
        assert AuditEvent.objects.filter(kind="notice.dismissed").count() == 1


@pytest.mark.parametrize("backend", ["console", "dummy"])
def test_without_a_mail_server_nothing_is_claimed(lapsing: Purse, operator: User, settings, backend: str) -> None:
    assert lapsing.pk
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    notices_make(by=None, as_of=APRIL)
    assert sum(notices_send(by=None, now=MORNING)) == 0
    assert Notice.objects.get(recipient=operator).mail == "none"


@pytest.mark.parametrize(
    ("behaves", "failure"), [("refuses", "SMTPRecipientsRefused"), ("busy", "SMTPDataError 451")]
)
def test_a_refused_letter_is_tried_again_with_longer_pauses_and_then_given_up(
    waiting: Notice, server: MailServer, behaves: str, failure: str
) -> None:
    server.behaves = behaves
    now, pauses = MORNING, []
    for _turn in range(5):
        assert notices_send(by=None, now=now).failed == 1
        assert notices_send(by=None, now=now + timedelta(minutes=14)).failed == 0
        assert again(waiting).mail == "waiting"
        assert waiting.failure == failure
        assert "rahasia" not in waiting.failure
        pauses.append(waiting.try_after - now)
        now = max(waiting.try_after, now).astimezone(AMBON_TIME)
        now = now if 6 <= now.hour < 20 else now.replace(hour=8) + timedelta(days=1)
    assert pauses == [timedelta(minutes=15 * 2**step) for step in range(5)]
    assert notices_send(by=None, now=now).failed == 1
    assert again(waiting).mail == "failed"
    server.behaves = "well"
    assert notices_send(by=None, now=now + timedelta(days=6)).emailed == 0
    assert server.letters == []


def test_a_server_that_is_away_is_tried_again(waiting: Notice, server: MailServer, settings) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    assert notices_send(by=None, now=MORNING).failed == 1
    assert again(waiting).failure == "ConnectionRefusedError"
    settings.EMAIL_PORT = server.server_address[1]
    assert notices_send(by=None, now=MORNING + timedelta(minutes=15)).emailed == 1
    assert len(server.letters) == 1
    assert again(waiting).failure == ""


def test_a_server_that_is_away_is_asked_once_a_run(
    waiting: Notice, server: MailServer, settings, rina: User, sari: User
) -> None:
    notices_make(by=None, as_of=APRIL)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    sent = notices_send(by=None, now=MORNING)
    assert (sent.failed, sent.later) == (1, 3)
    assert Notice.objects.filter(tries=0).count() == 2
    settings.EMAIL_PORT = port
    assert notices_send(by=None, now=MORNING).emailed == 2
    assert notices_send(by=None, now=MORNING + timedelta(minutes=15)).emailed == 1
    assert len({letter["To"] for letter in server.letters}) == len(server.letters) == 3
    assert waiting.pk
    assert rina.pk != sari.pk


def test_settings_that_contradict_each_other_claim_nothing(waiting: Notice, server: MailServer, settings) -> None:
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = True
    with pytest.raises(ValueError, match="mutually exclusive"):
        notices_send(by=None, now=MORNING)
    assert again(waiting).mail == "waiting"
    assert server.letters == []


def test_a_letter_that_may_have_left_is_never_sent_again(waiting: Notice, server: MailServer) -> None:
    server.behaves = "drops"
    assert notices_send(by=None, now=MORNING).unclear == 1
    server.behaves = "well"
    assert notices_send(by=None, now=MORNING + timedelta(days=1)).emailed == 0
    assert again(waiting).mail == "unclear"
    assert server.letters == []


def test_a_claim_whose_run_was_killed_is_not_sent_again(waiting: Notice) -> None:
    Notice.objects.filter(pk=waiting.pk).update(mail="sending", claimed_at=MORNING)
    assert notices_send(by=None, now=MORNING + timedelta(minutes=14)).unclear == 0
    assert notices_send(by=None, now=MORNING + timedelta(minutes=16)).unclear == 1
    assert mail.outbox == []
    assert again(waiting).mail == "unclear"


def test_a_run_is_remembered_with_its_counts(lapsing: Purse, operator: User, sari: User) -> None:
    assert lapsing.pk
    result = notices_run(by=None, as_of=APRIL, now=MORNING)
    assert result.as_json() == {
        "as_of": "2026-04-01", "made": {"lapse_month": 2}, "emailed": 2, "failed": 0, "unclear": 0, "quiet": 0,
        "later": 0,
    }  # fmt: skip
    run = NoticeRun.objects.get()
    assert (run.made, run.emailed, run.failed, run.waiting) == (2, 2, 0, 0)
    notices_run(by=None, as_of=APRIL, now=MORNING)
    assert NoticeRun.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('salawaku.audit', '{81.71}', false)")
    trail = AuditEvent.objects.filter(kind__startswith="notice").order_by("id")
    assert list(trail.values_list("kind", flat=True)) == ["notices.made", "notice.mailed", "notice.mailed"]
    assert operator.pk != sari.pk


@pytest.mark.django_db(transaction=True)
def test_runs_at_once_tell_and_send_each_thing_once(lapsing: Purse, server: MailServer) -> None:
    assert lapsing.pk
    for number in range(6):
        person(f"olin{number}@passo.example", f"Olin {number}", ("village_operator", PASSO))
    ready = Barrier(4)

    def run(_turn: int) -> tuple[int, int]:
        try:
            ready.wait()
            result = notices_run(by=None, as_of=APRIL, now=MORNING)
            return sum(result.made.values()), result.sent.emailed
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, range(4)))
    assert sum(made for made, _sent in results) == sum(sent for _made, sent in results) == 6
    assert sorted(letter["To"] for letter in server.letters) == [f"olin{number}@passo.example" for number in range(6)]
    assert set(Notice.objects.values_list("mail", "tries")) == {("sent", 1)}


def _more(user: User, key: str) -> Notice:
    return Notice.objects.create(
        recipient=user, kind="lapse_month", key=key, region_code=PASSO, link="/", mail="waiting", due_on=APRIL,
        facts={"workers": 1, "cost": 1, "ends_on": "2026-05-01"},
    )  # fmt: skip
