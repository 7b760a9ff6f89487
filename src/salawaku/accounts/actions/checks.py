"""Who may manage whom: an administrator, within the own regions, and never himself."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refused

MANAGE = "people.manage"


def may_manage(by: User | None, regions: Iterable[str]) -> None:
    """Refuse unless `by` manages people in every one of the regions; None is the command line, which may."""
    if by is None:
        return
    if not by.can(MANAGE):
        raise Refused(_("Only an administrator opens accounts and gives roles."))
    if not all(by.can_in(MANAGE, region) for region in regions):
        raise Refused(_("That reaches beyond the area you are administrator of. Ask the administrator there."))


def not_oneself(by: User | None, user: User) -> None:
    """Refuse what a person would do to the own account: a second person has to."""
    if by is not None and by.pk == user.pk:
        raise Refused(_("Nobody changes the own account's roles or closes it. Ask another administrator."))
