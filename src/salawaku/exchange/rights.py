"""Who may exchange files about a region."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal


def must_reach(by: User | None, permission: str, region_code: str) -> None:
    """Refusal unless the person may do this in the whole region; the command line itself may."""
    if by is not None and not by.can_in(permission, region_code):
        raise Refusal("region.foreign", _("This region is not yours. Nothing was changed."))
