"""Opening a purse, changing its terms and its ceiling."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.programmes import ledger
from salawaku.programmes.models import Allocation, AllocationLine, Programme, Purse
from salawaku.programmes.models.purse_kinds import PAYERS
from salawaku.programmes.purse_terms import PurseTerms, settled

# What decides who is paid for, when and at which price.
DECIDING = (
    "kind", "first_month", "last_month", "minimum_months", "regions", "village_kinds", "occupations", "segments",
)  # fmt: skip


@transaction.atomic
def purse_open(*, by: User | None, programme: Programme, terms: PurseTerms) -> Purse:
    """Open a purse; its `warnings` say what to think over.

    Refusal for a ceiling below zero, months or regions outside the programme, a name that is taken, an account code
    that is none, village money for a kelurahan.
    """
    columns = settled(terms, programme)
    _refuse_name(programme, terms.name)
    purse = Purse.objects.create(programme=programme, **columns)
    detail = {"kind": terms.kind, "ceiling": terms.ceiling}
    audit.record(by=by, kind="purse.opened", subject=purse, detail=detail, region_code=programme.region_code)
    return purse


@transaction.atomic
def purse_change(*, by: User | None, purse: Purse, terms: PurseTerms, reason: str) -> Purse:
    """Change the terms; the same terms again change nothing. The event keeps what was and what is.

    Months and workers decided before stay as decided. Refusal for what `purse_open` refuses, a ceiling below what
    is committed and billed, months that leave out a month already decided, another payer for money already
    decided, and while a plan that takes money from the purse waits for approval.
    """
    if not reason.strip():
        raise Refusal("purse.reason", _("Please say in a few words why. Nothing was changed."))
    programme = Programme.objects.select_for_update(no_key=True).get(
        pk=purse.programme_id
    )  # no plan is made meanwhile
    purse = Purse.objects.select_for_update(no_key=True).get(pk=purse.pk)
    columns = settled(terms, programme)
    changed = [name for name, value in columns.items() if getattr(purse, name) != value]
    if not changed:
        return purse
    if "name" in changed:
        _refuse_name(programme, terms.name)
    _refuse_ceiling(purse, terms.ceiling)
    _refuse_decided(purse, columns)
    if set(changed) & set(DECIDING):
        _refuse_while_waiting(purse)
    before = {name: _told(getattr(purse, name)) for name in changed}
    for name in changed:
        setattr(purse, name, columns[name])
    purse.save(update_fields=changed)
    detail = {"before": before, "after": {name: _told(columns[name]) for name in changed}}
    audit.record(
        by=by, kind="purse.changed", subject=purse, detail=detail, reason=reason, region_code=programme.region_code
    )
    return purse


@transaction.atomic
def purse_ceiling_set(*, by: User | None, purse: Purse, ceiling: int, reason: str) -> None:
    """Raise or lower the ceiling, never below what is committed and billed."""
    fits = Purse.objects.filter(pk=purse.pk, committed__lte=ceiling - F("billed"))
    if not fits.update(ceiling=ceiling):
        raise Refusal("purse.ceiling", _("More than this is already committed and billed. The ceiling stays."))
    audit.record(
        by=by,
        kind="purse.changed",
        subject=purse,
        detail={"ceiling": ceiling},
        reason=reason,
        region_code=purse.programme.region_code,
    )


def _refuse_name(programme: Programme, name: str) -> None:
    if programme.purses.filter(name=name).exists():
        raise Refusal("purse.name", _("The programme already has a purse of this name."))


def _refuse_ceiling(purse: Purse, ceiling: int) -> None:
    if ceiling < purse.committed + purse.billed:
        raise Refusal("purse.ceiling", _("More than this is already committed and billed. The ceiling stays."))


def _refuse_decided(purse: Purse, columns: dict[str, Any]) -> None:
    """What is decided keeps its months and its payer."""
    months = [spent.month for spent in ledger.current().spending(purse_id=purse.pk)]
    if months and not columns["first_month"] <= min(months) <= max(months) <= columns["last_month"]:
        raise Refusal(
            "purse.months_decided", _("The purse pays for months outside these already. Nothing was changed.")
        )
    if months and PAYERS.get(columns["kind"]) is not PAYERS.get(purse.kind):
        raise Refusal(
            "purse.payer_decided",
            _("For the law another payer pays another price, and months of this purse are decided already."
              " Open a purse of its own for this money."),
        )  # fmt: skip


def _refuse_while_waiting(purse: Purse) -> None:
    with elevated("whether a plan takes money is asked of all its workers"):
        is_waiting = AllocationLine.objects.filter(
            purse=purse, chosen=True, allocation__status=Allocation.Status.PROPOSED
        ).exists()
    if is_waiting:
        raise Refusal(
            "purse.plan_waiting",
            _("A plan that takes money from this purse waits for approval. Have it decided or withdrawn first."),
        )


def _told(value: Any) -> Any:
    """A value as the trail keeps it: texts without what could be an identity number."""
    if isinstance(value, list):
        return [_told(one) for one in value]
    return value if isinstance(value, int) else audit.LONG_NUMBER.sub("•••", str(value))
