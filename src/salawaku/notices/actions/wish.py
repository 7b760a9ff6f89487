"""What a person wants to be told, and how."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.notices.kinds import KINDS
from salawaku.notices.models import Notice, NoticePreference

PHONE = re.compile(r"^62[0-9]{8,13}$")
LANGUAGES = ("id", "en")


@transaction.atomic
def preference_set(
    *,
    by: User,
    kinds_off: Iterable[str],
    by_mail: bool,
    rhythm: str,
    quiet_from: time,
    quiet_until: time,
    language: str,
    phone: str = "",
) -> NoticePreference:
    """Set one's own wishes. Letters that wait are taken back when no mail is wanted.

    Refusal for a kind, rhythm or language that does not exist and a phone number that is none.
    """
    off = sorted(set(kinds_off))
    if not set(off) <= set(KINDS) or rhythm not in NoticePreference.Rhythm.values or language not in LANGUAGES:
        raise Refusal("notice.unknown_choice", _("There is no such choice. Nothing was changed."))
    wish, _is_new = NoticePreference.objects.update_or_create(
        user=by,
        defaults={
            "kinds_off": off,
            "by_mail": by_mail,
            "rhythm": rhythm,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "language": language,
            "phone": phone_written(phone),
        },
    )
    waiting = Notice.objects.filter(recipient=by, mail=Notice.Mail.WAITING)
    (waiting.filter(kind__in=off) if by_mail else waiting).update(mail=Notice.Mail.NONE)
    detail = {"kinds_off": off, "by_mail": by_mail, "rhythm": rhythm, "has_phone": bool(wish.phone)}
    audit.record(by=by, kind="notice.preferences", subject=by, detail=detail)
    return wish


def phone_written(text: str) -> str:
    """A number as WhatsApp takes it: 0812-3456-7890 and +62 812… become 62812…; "" stays. Refusal for others."""
    digits = re.sub(r"[\s().+-]", "", text)
    if digits.startswith("0"):
        digits = f"62{digits[1:]}"
    if digits and not PHONE.match(digits):
        raise Refusal("notice.phone", _("That is no Indonesian phone number. Write it like 0812-3456-7890."))
    return digits
