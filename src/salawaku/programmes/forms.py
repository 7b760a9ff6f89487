"""What people fill in about programmes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import Agency
from salawaku.programmes.actions.allocation import CHOICES
from salawaku.programmes.fields import MonthField, day_field
from salawaku.programmes.models import Decree


class ProgrammeForm(forms.Form):
    """A new programme-year."""

    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.SlugField(
        label=_("Short name"), max_length=60, help_text=_("For commands and files, such as ambon-2026")
    )
    region_code = forms.ChoiceField(label=_("Region"))
    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("Owner"), required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    first_month = MonthField(label=_("First month"))
    last_month = MonthField(label=_("Last month"))

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["region_code"].choices = regions  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        agency = given.pop("agency")
        return {**given, "agency_code": agency.pk if agency else ""}


class QuotaForm(forms.Form):
    """Seats for all villages at once."""

    method = forms.ChoiceField(
        choices=[
            ("equal", _("the same for each village")),
            ("population", _("in all, shared out by registered workers")),
            ("need", _("in all, shared out by need")),
        ],
        label=_("How"),
        help_text=_(
            "By need: a worker whom no other programme covers in these months counts 11 minus the welfare decile"
            " (unknown: 1) plus the risk of the occupation (0 to 4)."
        ),
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=10_000_000)


class ReasonForm(forms.Form):
    """Why a plan is sent back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ProposeForm(forms.Form):
    """From which month on a plan is made, and how."""

    first_month = MonthField(label=_("From month"), required=False)
    method = forms.ChoiceField(label=_("How"), choices=[(how.value, how.label) for how in CHOICES], required=False)


class FillForm(forms.Form):
    """From which month on free seats are counted and filled."""

    month = MonthField(label=_("From month"))


class DecreeForm(forms.Form):
    """What is written on the decree."""

    number = forms.CharField(label=_("Number of the decree"), max_length=60)
    signed_on = day_field(label=_("Day of signing"))
    signatory = forms.CharField(label=_("Signed by"), max_length=120)
    changes = forms.ModelChoiceField(Decree.objects.none(), label=_("Changes decree"), required=False)

    def __init__(self, *args: Any, earlier: QuerySet[Decree], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["changes"].queryset = earlier  # type: ignore[attr-defined]
