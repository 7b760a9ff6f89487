"""Kinds of notices: what each is called and who can get it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from salawaku.accounts.models import User


class Kind(NamedTuple):
    """What it is about, the permissions of which one is needed, and one that is needed beside it."""

    label: Promise
    permissions: tuple[str, ...]
    also: str = ""

    def concerns(self, allowed: Callable[[str], bool]) -> bool:
        """Whether it is for somebody who has the permissions for which `allowed` says yes."""
        return (not self.also or allowed(self.also)) and any(map(allowed, self.permissions))


_OWNERS, _MONEY = ("intake.load", "programme.manage"), ("payment.record", "bill.run")
KINDS = {
    "lapse_week": Kind(_("Memberships that end within seven days"), _OWNERS, "cover.view"),
    "lapse_month": Kind(_("Memberships that end after this month"), _OWNERS, "cover.view"),
    "lapse_next": Kind(_("Memberships that end after next month"), _OWNERS, "cover.view"),
    "bill_due": Kind(_("Bills due within seven days"), _MONEY, "cover.view"),
    "bill_overdue": Kind(_("Bills that are overdue"), _MONEY, "cover.view"),
    "bill_missing": Kind(_("A month not billed by the 5th"), ("bill.run",), "cover.view"),
    "money_unused": Kind(
        _("Money that is likely to stay unused"), ("payment.record", "programme.manage"), "programme.view"
    ),
    "difference_due": Kind(_("Differences with BPJS to settle soon"), ("month.reconcile",)),
    "difference_overdue": Kind(_("Differences with BPJS that are overdue"), ("month.reconcile",)),
    "rows_waiting": Kind(_("Pairs of records that wait for a decision"), ("intake.decide",)),
    "january_plan": Kind(_("In September: who has no payer in January"), ("programme.manage",), "cover.view"),
}
LAPSES = ("lapse_week", "lapse_month", "lapse_next")


def kinds_of(user: User) -> list[str]:
    """The kinds that this person can get."""
    return [code for code, kind in KINDS.items() if kind.concerns(user.can)]
