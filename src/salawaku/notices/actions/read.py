"""What a person does with notices: read, put away, carry to a colleague by hand."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.notices.models import Notice
from salawaku.notices.selectors import hand_notices, notices_for


@transaction.atomic
def notice_read(*, by: User, notice: Notice) -> None:
    """The recipient has read it: no letter is needed any more. Again changes nothing."""
    _own(by, notice).filter(read_at=None).update(read_at=timezone.now())
    _spare_the_letter(by, notice)


@transaction.atomic
def notices_read_all(*, by: User) -> int:
    """Everything is read; how many were not."""
    unread = notices_for(by).filter(read_at=None)
    number = unread.update(read_at=timezone.now())
    notices_for(by).filter(mail=Notice.Mail.WAITING).update(mail=Notice.Mail.NONE)
    return number


@transaction.atomic
def notice_dismiss(*, by: User, notice: Notice) -> None:
    """Put away: it is not shown any more and not told again. The trail says that the person knew."""
    _spare_the_letter(by, notice)
    now = timezone.now()
    if _own(by, notice).filter(dismissed_at=None).update(dismissed_at=now):
        detail = {"kind": notice.kind, "key": notice.key}
        audit.record(by=by, kind="notice.dismissed", subject=notice, detail=detail, region_code=notice.region_code)


@transaction.atomic
def notices_sent_by_hand(*, by: User, recipient: User, today: date) -> int:
    """Somebody has sent the text to a colleague in a village; how many notices it carried.

    Refusal when the colleague is none of the person's area, or everything was sent before.
    """
    current = hand_notices(by, today=today).filter(recipient=recipient).values("pk")
    waiting = list(Notice.objects.select_for_update().filter(pk__in=current, by_hand_at=None).order_by("pk"))
    if not waiting:
        raise Refusal("notice.nothing_to_send", _("There is nothing to send to this colleague. Nothing was changed."))
    sent = Notice.objects.filter(pk__in=[one.pk for one in waiting])
    sent.update(by_hand_at=timezone.now(), by_hand_by=by)
    region, keys = waiting[0].region_code, [f"{one.kind}:{one.key}" for one in waiting]
    audit.record(by=by, kind="notice.sent_by_hand", subject=recipient, detail={"notices": keys}, region_code=region)
    return len(waiting)


def _own(by: User, notice: Notice) -> QuerySet[Notice]:
    return Notice.objects.filter(pk=notice.pk, recipient=by)


def _spare_the_letter(by: User, notice: Notice) -> None:
    _own(by, notice).filter(mail=Notice.Mail.WAITING).update(mail=Notice.Mail.NONE)
