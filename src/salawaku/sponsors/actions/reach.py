"""Whom an action lets pass."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal


def must_manage(by: User | None, region_code: str) -> None:
    """Refusal unless the person manages sponsors of that region; the command line may."""
    if by is not None and not by.can_in("sponsor.manage", region_code):
        raise Refusal("region.foreign", _("This region is not yours. Nothing was changed."))
