"""What people fill in about programmes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import Agency
from salawaku.programmes.actions.allocation import CHOICES
from salawaku.programmes.fields import MonthField, RupiahField, day_field
from salawaku.programmes.models import Decree, Purse


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


class CriteriaForm(forms.Form):
    """The rule as a sentence with numbers to fill in."""

    age_min = forms.IntegerField(label=_("from age"), min_value=15, max_value=80)
    age_max = forms.IntegerField(label=_("to age"), min_value=15, max_value=80)
    vulnerable_only = forms.BooleanField(label=_("only vulnerable occupations"), required=False)
    max_decile = forms.IntegerField(label=_("up to welfare decile"), min_value=1, max_value=10, required=False)


class QuotaForm(forms.Form):
    """Seats for all villages at once."""

    method = forms.ChoiceField(
        choices=[
            ("equal", _("the same for each village")),
            ("population", _("in all, shared out by registered workers")),
        ],
        label=_("How"),
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=10_000_000)


class PurseForm(forms.Form):
    """A new purse."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of money"), choices=Purse.Kind.choices)
    payer_code = forms.ChoiceField(label=_("Type in the books of BPJS"), choices=Purse.PayerCode.choices)
    ceiling = RupiahField(label=_("Ceiling in rupiah"))
    first_month = MonthField(label=_("First month"), required=False)
    last_month = MonthField(label=_("Last month"), required=False)
    priority = forms.IntegerField(
        label=_("Turn"), min_value=1, max_value=999, initial=1, help_text=_("Lower numbers pay first")
    )
    minimum_months = forms.IntegerField(
        label=_("Months per worker at least"),
        min_value=1,
        max_value=12,
        initial=6,
        help_text=_("BPJS counts a worker in full from six months on"),
    )
    village_kinds = forms.MultipleChoiceField(
        label=_("Only for these kinds of villages"),
        choices=[("desa", _("Desa")), ("negeri", _("Negeri")), ("kelurahan", _("Kelurahan"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: for all"),
    )


class ReasonForm(forms.Form):
    """Why a plan is sent back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ProposeForm(forms.Form):
    """From which month on a plan is made, and how."""

    first_month = MonthField(label=_("From month"), required=False)
    method = forms.ChoiceField(label=_("How"), choices=[(how.value, how.label) for how in CHOICES], required=False)


class DecreeForm(forms.Form):
    """What is written on the decree."""

    number = forms.CharField(label=_("Number of the decree"), max_length=60)
    signed_on = day_field(label=_("Day of signing"))
    signatory = forms.CharField(label=_("Signed by"), max_length=120)
    changes = forms.ModelChoiceField(Decree.objects.none(), label=_("Changes decree"), required=False)

    def __init__(self, *args: Any, earlier: QuerySet[Decree], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["changes"].queryset = earlier  # type: ignore[attr-defined]
