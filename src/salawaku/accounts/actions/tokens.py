"""Keys with which programs act as a person."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import ApiToken, User
from salawaku.accounts.refusal import Refused

LONGEST = 366
PREFIX = "slw_"  # so that a key that leaked into a text can be searched for


def digest(key: str) -> str:
    """What is kept of a key: it has 256 bits of chance in it, so a plain hash cannot be guessed back."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def token_make(*, by: User, label: str, days: int) -> tuple[ApiToken, str]:
    """Make a key of one's own; the text is returned once and kept nowhere."""
    if not 1 <= days <= LONGEST:
        raise Refused(_("A key is good for one to 366 days."))
    if not label.strip():
        raise Refused(_("Say what the key is for, so that you can tell it from the others."))
    key = PREFIX + secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(days=days)
    token = ApiToken.objects.create(user=by, label=label.strip()[:80], digest=digest(key), expires_at=expires)
    audit.record(by=by, kind="token.made", subject=token, detail={"days": days})
    return token, key


@transaction.atomic
def token_revoke(*, by: User, token: ApiToken) -> None:
    """End a key at once; revoking it again changes nothing."""
    if token.user_id != by.pk:
        raise Refused(_("Only its owner revokes a key; closing the account ends all of them."))
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.record(by=by, kind="token.revoked", subject=token)
