"""Reading comparisons with BPJS and what differs, within the reader's own area."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from salawaku.accounts.models import User
from salawaku.cover.models import Difference, Reconciliation


def reconciliations_for(user: User) -> QuerySet[Reconciliation]:
    """The comparisons of the regions that the user sees whole, the latest first; `waiting` counts what is open."""
    wanted = Q(pk__in=[])
    for region in user.regions:
        wanted |= Q(region_code=region) | Q(region_code__startswith=f"{region}.")
    open_ones = Count("differences", filter=Q(differences__status=Difference.Status.OPEN))
    found = Reconciliation.objects.filter(wanted).annotate(waiting=open_ones)
    return found.select_related("made_by", "closed_by").order_by("-month", "region_code")


def reconciliation_get(user: User, public_id: UUID) -> Reconciliation:
    """One of them; raises Reconciliation.DoesNotExist for others."""
    return reconciliations_for(user).get(public_id=public_id)


def differences_waiting(user: User) -> int:
    """How many open differences this person has taken over, or may take over since nobody has."""
    theirs = Q(owner=user) | Q(owner__isnull=True)
    months = reconciliations_for(user).filter(status="open").values("pk")
    return Difference.objects.filter(theirs, reconciliation__in=months, status=Difference.Status.OPEN).count()


def differences_of(one: Reconciliation, *, kind: str = "", after: int = 0, limit: int = 51) -> list[Difference]:
    """What differs, in the order in which it was found; paged by the id of the last one shown."""
    found = Difference.objects.filter(reconciliation=one, pk__gt=after)
    if kind:
        found = found.filter(kind=kind)
    return list(found.select_related("worker", "owner", "settled_by").order_by("pk")[:limit])


def counts_by_kind(one: Reconciliation) -> list[tuple[str, str, int, int]]:
    """Each kind with its name, how many differ and how many of them are open."""
    rows = Difference.objects.filter(reconciliation=one).values("kind")
    open_ones = Count("pk", filter=Q(status=Difference.Status.OPEN))
    found = {row["kind"]: (row["all"], row["open"]) for row in rows.annotate(all=Count("pk"), open=open_ones)}
    return [(kind, str(label), *found[kind]) for kind, label in Difference.Kind.choices if kind in found]
