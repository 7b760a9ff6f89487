"""Reading people, roles and the audit trail, each within the reader's own area."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from salawaku.accounts.models import AuditEvent, Role, User

PAGE = 50


class TrailFilter(NamedTuple):
    """What narrows the audit trail."""

    kind: str = ""
    actor: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


def _within(regions: list[str], field: str) -> Q:
    wanted = Q(pk__in=[])
    for region in regions:
        wanted |= Q(**{field: region}) | Q(**{f"{field}__startswith": f"{region}."})
    return wanted


def people(by: User, *, text: str = "", closed: bool = False) -> QuerySet[User]:
    """The accounts an administrator looks after: those with a role in the area, and those with none yet."""
    area = _within(by.regions_where("people.manage", whole=True), "assignments__region_code")
    mine = User.objects.filter(area | Q(assignments=None)).values("pk")
    found = User.objects.filter(pk__in=mine, is_active=not closed).prefetch_related("assignments__role")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return found.order_by("name", "id")


def people_page(found: QuerySet[User], *, after: UUID | None) -> tuple[list[User], UUID | None]:
    """One page by key, and the key of the next."""
    edge = User.objects.filter(public_id=after).first() if after else None
    if edge is not None:
        found = found.filter(Q(name__gt=edge.name) | Q(name=edge.name, id__gt=edge.pk))
    shown = list(found[: PAGE + 1])
    return shown[:PAGE], shown[PAGE - 1].public_id if len(shown) > PAGE else None


def person_get(by: User, public_id: UUID) -> User:
    """One of the accounts an administrator looks after; raises User.DoesNotExist for others."""
    return (people(by) | people(by, closed=True)).get(public_id=public_id)


def roles_with_holders() -> list[tuple[Role, int]]:
    """Each role and how many people have it."""
    roles = Role.objects.prefetch_related("assignment_set")
    return [(role, len({given.user_id for given in role.assignment_set.all()})) for role in roles]


def trail(by: User, wanted: TrailFilter) -> QuerySet[AuditEvent]:
    """The audit trail of the regions whose trail the reader may read; row-level security holds the same beneath."""
    found = AuditEvent.objects.filter(
        _within(by.regions_where("audit.view", whole=True), "region_code") | Q(region_code="")
    )
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.actor:
        found = found.filter(actor__icontains=wanted.actor)
    if wanted.subject:
        found = found.filter(subject_id=wanted.subject)
    if wanted.since:
        found = found.filter(at__date__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__date__lt=wanted.until + timedelta(days=1))
    return found.order_by("-id")


def trail_page(found: QuerySet[AuditEvent], *, before: int | None) -> tuple[list[AuditEvent], int | None]:
    """One page by key, the latest first, and the key of the next."""
    shown = list((found.filter(id__lt=before) if before else found)[: PAGE + 1])
    return shown[:PAGE], shown[PAGE - 1].pk if len(shown) > PAGE else None
