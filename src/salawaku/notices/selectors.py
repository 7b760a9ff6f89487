"""Reading one's own notices, and those that an officer carries by hand; each within the reader's own area."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, urljoin
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

from salawaku.accounts.models import User
from salawaku.notices import wording
from salawaku.notices.figures import LEVELS
from salawaku.notices.kinds import LAPSES, kinds_of
from salawaku.notices.models import Notice, NoticePreference, NoticeRun
from salawaku.regions.models import Region

PAGE = 30
PLACE = re.compile(r"^([ur])([0-9]{1,18})$")


class Shown(NamedTuple):
    """A notice with its words."""

    notice: Notice
    subject: str
    text: str


class ByHand(NamedTuple):
    """What a colleague in a village is to be told by hand: the text, and whether it was."""

    recipient: User
    place: str
    text: str
    phone: str
    notices: list[Notice]

    @property
    def chat_url(self) -> str:
        """WhatsApp with the text, to the number the colleague gave; without one, WhatsApp asks for whom."""
        return f"https://wa.me/{self.phone}?text={quote(self.text)}"

    @property
    def mail(self) -> str:
        """What became of the letter with the latest of them."""
        return self.notices[-1].get_mail_display()

    @property
    def sent(self) -> Notice | None:
        """The notice that says who sent it when, once all were sent."""
        return None if any(not one.by_hand_at for one in self.notices) else self.notices[0]


def preference_of(user: User) -> NoticePreference:
    """What the person wants; the defaults where nothing was said."""
    return NoticePreference.objects.filter(user=user).first() or NoticePreference(user=user)


def mail_is_set_up() -> bool:
    """Whether e-mail leaves this installation: the console and the dummy of Django send none."""
    return not settings.EMAIL_BACKEND.endswith((".console.EmailBackend", ".dummy.EmailBackend"))


def notices_for(user: User) -> QuerySet[Notice]:
    """What the person was told and may still know: kinds and regions of the roles of today."""
    mine = Notice.objects.filter(recipient=user, dismissed_at=None, kind__in=kinds_of(user))
    return mine.filter(_within(user.regions))


def notice_get(user: User, public_id: UUID) -> Notice:
    """One of them; raises Notice.DoesNotExist for others."""
    return notices_for(user).get(public_id=public_id)


def unread_count(user: User) -> int:
    """How many the person has not read."""
    return notices_for(user).filter(read_at=None).count()


def notice_page(user: User, *, after: str = "") -> tuple[list[Shown], str]:
    """Unread first, then the latest first; paged by the key of the last one shown. The key of the next page or ""."""
    place = PLACE.match(after)
    unread, edge = (place[1] == "u", int(place[2])) if place else (True, 2**63 - 1)
    mine = notices_for(user)
    found = list(mine.filter(read_at=None, id__lt=edge).order_by("-id")[: PAGE + 1]) if unread else []
    if len(found) <= PAGE:
        below = mine.filter(read_at__isnull=False, **({} if unread else {"id__lt": edge}))
        found += below.order_by("-id")[: PAGE + 1 - len(found)]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return in_words(found[:PAGE]), f"{'r' if last.read_at else 'u'}{last.pk}" if last else ""


def in_words(notices: Iterable[Notice]) -> list[Shown]:
    """Notices with subject and text in the language in force."""
    notices = list(notices)
    names = _names({notice.region_code for notice in notices})
    return [Shown(one, *wording.told(one, place=names.get(one.region_code, one.region_code))) for one in notices]


def last_run() -> NoticeRun | None:
    """When it was last looked for what must be told."""
    return NoticeRun.objects.order_by("-id").first()


def hand_notices(user: User, *, today: date) -> QuerySet[Notice]:
    """Lapses that village operators of the person's area were told of and can still prevent."""
    area = _within(user.regions_where("programme.manage", whole=True))
    villages = Notice.objects.filter(area, kind__in=LAPSES, due_on__gte=today, recipient__is_active=True)
    villages = villages.filter(region_code__regex=rf"^.{{{LEVELS[-1]}}}$").exclude(recipient=user)
    return villages.select_related("recipient", "recipient__notice_preference", "by_hand_by")


def outbox(user: User, *, today: date, after: int = 0) -> tuple[list[ByHand], int]:
    """One text for each operator and the recipient's id with which the next page begins, or 0."""
    found = hand_notices(user, today=today)
    people = found.filter(recipient_id__gt=after).order_by("recipient_id").values_list("recipient_id", flat=True)
    ids = list(people.distinct()[: PAGE + 1])
    rows = found.filter(recipient_id__in=ids[:PAGE]).order_by("recipient_id", "region_code", "due_on", "id")
    notices = list(rows)
    names = _names({notice.region_code for notice in notices})
    groups = groupby(notices, lambda one: (one.recipient_id, one.region_code))
    return [_by_hand(list(group), names) for _key, group in groups], ids[PAGE - 1] if len(ids) > PAGE else 0


def _by_hand(notices: list[Notice], names: dict[str, str]) -> ByHand:
    recipient, code = notices[0].recipient, notices[0].region_code
    place = names.get(code, code)
    wanted = getattr(recipient, "notice_preference", None)
    with translation.override(wanted.language if wanted else "id"):
        texts = [wording.told(one, place=place).text for one in notices]
        text = wording.for_hand(texts, place=place, url=absolute(reverse("cover_lapses")))
    return ByHand(recipient, place, text, wanted.phone if wanted else "", notices)


def absolute(link: str) -> str:
    """An address of ours as it stands in a message."""
    return urljoin(settings.SITE_URL, link)


def _names(codes: set[str]) -> dict[str, str]:
    return {region.code: region.title for region in Region.objects.filter(code__in=codes)}


def _within(regions: Iterable[str]) -> Q:
    wanted = Q(pk__in=[])
    for region in regions:
        wanted |= Q(region_code=region) | Q(region_code__startswith=f"{region}.")
    return wanted
