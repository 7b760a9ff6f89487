"""Who a change decree takes out of an earlier one."""

from __future__ import annotations

from django.db import models

from salawaku.accounts.scoping import ScopedModel
from salawaku.programmes.models.decree import Decree, DecreeLine, complete, frozen


class DecreeRemoval(ScopedModel):
    """One entry of an earlier annex whose person left: the frozen `line`, the reason (leaving.LEFT) and since when.

    The line itself stays as it was signed.
    """

    decree = models.ForeignKey(Decree, models.PROTECT, related_name="removals")
    number = models.PositiveIntegerField()
    line = models.ForeignKey(DecreeLine, models.PROTECT, related_name="removals")
    reason = models.CharField(max_length=30)
    since = models.DateField()

    PERSONAL: dict[str, str] = {}
    APPEND_ONLY = True

    class Meta:
        triggers = [*frozen(), complete("no_more_removals", "programmes_decreeremoval", "removed")]
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["decree", "number"], name="decree_removal_once"),
            models.UniqueConstraint(fields=["decree", "line"], name="decree_removal_line_once"),
        ]

    def __str__(self) -> str:
        return f"decree removal {self.number}"
