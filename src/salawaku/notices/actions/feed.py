"""The secret address of a calendar."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from salawaku.accounts import audit
from salawaku.accounts.actions.tokens import digest
from salawaku.accounts.models import User
from salawaku.notices.models import CalendarFeed


@transaction.atomic
def feed_make(*, by: User) -> tuple[CalendarFeed, str]:
    """Make the own calendar's address; one made before ends. The secret is returned once and kept nowhere."""
    User.objects.select_for_update().get(pk=by.pk)  # two at once would both end the old one and both make a new one
    _end(by)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, digest=digest(secret))
    audit.record(by=by, kind="calendar.made", subject=feed)
    return feed, secret


@transaction.atomic
def feed_revoke(*, by: User) -> bool:
    """End the own calendar's address at once; whether there was one."""
    ended = _end(by)
    for feed in ended:
        audit.record(by=by, kind="calendar.revoked", subject=feed)
    return bool(ended)


def feed_read(*, secret: str) -> User | None:
    """Whose calendar this secret opens, with the day of reading written down; None for any other.

    Only hashes are compared, in an index, so the time it takes says nothing about a secret; 256 bits are not guessed.
    """
    feeds = CalendarFeed.objects.select_related("user").filter(revoked_at=None, user__is_active=True)
    feed = feeds.filter(digest=digest(secret)).first()
    if feed is None:
        return None
    today = timezone.localdate()
    if feed.last_read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_on=today)
    return feed.user


def _end(by: User) -> list[CalendarFeed]:
    ended = list(CalendarFeed.objects.select_for_update().filter(user=by, revoked_at=None))
    CalendarFeed.objects.filter(pk__in=[feed.pk for feed in ended]).update(revoked_at=timezone.now())
    return ended
