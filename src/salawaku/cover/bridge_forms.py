"""What people ask of a bridge, and why they give months back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.cover.bridge import EVERY_MEMBER, MONTHS, WITHIN
from salawaku.programmes.fields import MonthField
from salawaku.programmes.models import Programme


class BridgeForm(forms.Form):
    """Of which programme, who, from when, for how long."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Programme"), to_field_name="code", empty_label=None
    )
    within = forms.TypedChoiceField(
        label=_("Who"),
        coerce=int,
        choices=[
            (30, _("Who lapses within 30 days")),
            (60, _("Who lapses within 60 days")),
            (90, _("Who lapses within 90 days")),
            (EVERY_MEMBER, _("Every member without a payer in these months")),
        ],
    )
    first_month = MonthField(label=_("From month (this month unless named)"), required=False)
    months = forms.IntegerField(label=_("For how many months"), min_value=1, max_value=12)

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]

    @classmethod
    def usual(cls, programmes: QuerySet[Programme]) -> dict[str, Any]:
        """What is asked when nobody asked anything: the first programme, ninety days, three months."""
        first = programmes.first()
        return {"programme": first.code if first else "", "within": WITHIN, "months": MONTHS}


class ReleaseForm(forms.Form):
    """From which month a purse does not pay, and why."""

    first_month = MonthField(label=_("From month"))
    reason = forms.CharField(label=_("Why are the months given back?"), max_length=300)
