"""Sending what waits by e-mail: each notice at most once, also under two runs at once and after a kill.

A notice is claimed in a transaction of its own before anything leaves. Only what the server has surely not taken is
given back to be tried again; where that is not known, it is not sent a second time.
"""

from __future__ import annotations

import smtplib
from collections import Counter
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.notices.models import Notice, NoticePreference
from salawaku.notices.quiet import is_quiet, period_begins, zone_of
from salawaku.notices.selectors import Shown, absolute, in_words, mail_is_set_up, notices_for, preference_of

MOST_TRIES = 6
FIRST_PAUSE = timedelta(minutes=15)
ABANDONED = timedelta(minutes=15)  # well beyond EMAIL_TIMEOUT
Mail = Notice.Mail
NAMES: dict[str, str] = {Mail.SENT: "emailed", Mail.WAITING: "failed", Mail.UNCLEAR: "unclear"}


class Sent(NamedTuple):
    """Notices, not letters: `quiet` wait for the end of quiet hours, `later` for their digest or the next try."""

    emailed: int = 0
    failed: int = 0
    unclear: int = 0
    quiet: int = 0
    later: int = 0


class _Wishes(NamedTuple):
    """How a person may be written to at the moment."""

    language: str
    is_quiet: bool
    had_digest: bool


class _Outcome(NamedTuple):
    """What became of a letter: sent, waiting (surely not taken) or unclear, with the reason for the page."""

    mail: str
    failure: str = ""
    server_is_away: bool = False


def notices_send(*, by: User | None, now: datetime) -> Sent:
    """Send each person one letter with what waits and may be sent at `now`; the counts.

    Without a mail server nothing is claimed. `by` is who asked for it; None for the hourly job.
    """
    if not mail_is_set_up():
        return Sent()
    line, server_is_away = get_connection(), False
    counts: Counter[str] = Counter(unclear=_give_up_abandoned(by, now))
    for user in User.objects.filter(notices__mail=Mail.WAITING, is_active=True).distinct().order_by("pk"):
        wishes = _wishes(user, now)
        if not server_is_away and (batch := _claim(user, wishes, now)):
            outcome, failure, server_is_away = _deliver(line, user, batch, wishes.language)
            _settle(by, user, batch, outcome, failure, now)
            counts[NAMES[outcome]] += len(batch)
        counts["quiet" if wishes.is_quiet else "later"] += notices_for(user).filter(mail=Mail.WAITING).count()
    return Sent(**counts)


def _wishes(user: User, now: datetime) -> _Wishes:
    wish = preference_of(user)
    zone = zone_of(user.regions[0]) if user.regions else ZoneInfo(settings.TIME_ZONE)
    begins = period_begins(now.astimezone(zone).date(), weekly=wish.rhythm == NoticePreference.Rhythm.WEEKLY)
    since = datetime.combine(begins, time(), zone)
    return _Wishes(
        language=wish.language,
        is_quiet=is_quiet(now, zone=zone, begins=wish.quiet_from, ends=wish.quiet_until),
        had_digest=user.notices.filter(urgent=False, emailed_at__gte=since).exists(),
    )


@transaction.atomic
def _claim(user: User, wishes: _Wishes, now: datetime) -> list[Notice]:
    """Take what may be sent now; what another run has in hand is passed over."""
    waiting = notices_for(user).filter(Q(try_after=None) | Q(try_after__lte=now), mail=Mail.WAITING)
    if wishes.is_quiet or wishes.had_digest:
        waiting = waiting.filter(urgent=True)
    batch = list(waiting.select_for_update(skip_locked=True).order_by("-urgent", "due_on", "id"))
    claimed = Notice.objects.filter(pk__in=[one.pk for one in batch])
    claimed.update(mail=Mail.SENDING, claimed_at=now, tries=F("tries") + 1, failure="")
    return batch


def _deliver(line: BaseEmailBackend, user: User, batch: list[Notice], language: str) -> _Outcome:
    """Hand the letter over. A server that is away would let each of the others wait for as long."""
    with translation.override(language):
        letter = _letter(user, batch)
    try:
        line.open()
    except (smtplib.SMTPException, OSError) as fault:
        return _Outcome(Mail.WAITING, _reason(fault), server_is_away=True)
    try:
        line.send_messages([letter])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refused:
        return _Outcome(Mail.WAITING, _reason(refused))
    except (smtplib.SMTPException, OSError) as lost:
        return _Outcome(Mail.UNCLEAR, _reason(lost))
    finally:
        line.close()
    return _Outcome(Mail.SENT)


def _letter(user: User, batch: list[Notice]) -> EmailMessage:
    """One letter with all of them; counts, money, days and links, no persons."""
    shown = in_words(batch)
    parts = [(one.subject, one.text, absolute(one.notice.link)) for one in shown]
    context = {"parts": parts, "preferences": absolute(reverse("notice_preferences"))}
    return EmailMessage(_subject(shown), render_to_string("notices/letter.txt", context), to=[user.email])


def _subject(shown: list[Shown]) -> str:
    if len(shown) == 1:
        return f"Salawaku: {shown[0].subject}"
    return _("Salawaku: %(n)d notices") % {"n": len(shown)}


def _reason(fault: Exception) -> str:
    """The kind of fault and the server's code, never its text: that holds addresses."""
    code = getattr(fault, "smtp_code", "")
    return f"{type(fault).__name__} {code}".strip()[:60]


@transaction.atomic
def _settle(by: User | None, user: User, batch: list[Notice], outcome: str, failure: str, now: datetime) -> None:
    """Write down what became of a claim; after the last try it is given up. The trail says which letter left."""
    mine = Notice.objects.filter(pk__in=[one.pk for one in batch], mail=Mail.SENDING)
    if outcome == Mail.SENT:
        mine.update(mail=Mail.SENT, emailed_at=now)
    elif outcome == Mail.UNCLEAR:
        mine.update(mail=Mail.UNCLEAR, failure=failure)
    else:
        mine.filter(tries__gte=MOST_TRIES).update(mail=Mail.FAILED, failure=failure)
        for tried in range(1, MOST_TRIES):
            pause = FIRST_PAUSE * 2 ** (tried - 1)
            mine.filter(tries=tried).update(mail=Mail.WAITING, failure=failure, try_after=now + pause)
    detail = {"outcome": outcome, "failure": failure, "notices": [f"{one.kind}:{one.key}" for one in batch]}
    audit.record(by=by, kind="notice.mailed", subject=user, detail=detail, region_code=batch[0].region_code)


@transaction.atomic
def _give_up_abandoned(by: User | None, now: datetime) -> int:
    """Claims whose run was killed: nobody knows whether the letter left, so it is not sent again."""
    found = Notice.objects.filter(mail=Mail.SENDING, claimed_at__lt=now - ABANDONED)
    abandoned = list(found.select_for_update(skip_locked=True).order_by("pk"))
    Notice.objects.filter(pk__in=[one.pk for one in abandoned]).update(mail=Mail.UNCLEAR, failure="killed")
    for one in abandoned:
        detail = {"outcome": Mail.UNCLEAR, "failure": "killed", "notices": [f"{one.kind}:{one.key}"]}
        audit.record(by=by, kind="notice.mailed", subject=one, detail=detail, region_code=one.region_code)
    return len(abandoned)
