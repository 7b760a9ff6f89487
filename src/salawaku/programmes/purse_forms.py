"""What people fill in about a purse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from salawaku.programmes.fields import MonthField, RupiahField
from salawaku.programmes.models import Programme, Purse
from salawaku.programmes.models.purse import SEGMENTS
from salawaku.programmes.purse_terms import PurseTerms
from salawaku.regions.models import Region
from salawaku.registry.models import Occupation

SHOWN = 8  # rows of a long list


class PurseForm(forms.Form):
    """The terms of a purse of `programme`."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of money"), choices=Purse.Kind.choices)
    payer_code = forms.ChoiceField(
        label=_("Type in the books of BPJS"),
        choices=[("", _("the usual one for this kind")), *Purse.PayerCode.choices],
        required=False,
    )
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
    owner = forms.CharField(label=_("Agency or office that answers for the money"), max_length=120, required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    account_code = forms.CharField(
        label=_("Account code"), max_length=40, required=False, help_text=_("Digits and dots, such as 5.1.3.01")
    )
    village_kinds = forms.MultipleChoiceField(
        label=_("Only for these kinds of villages"),
        choices=[("desa", _("Desa")), ("negeri", _("Negeri")), ("kelurahan", _("Kelurahan"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: for all. Village money is for desa and negeri only."),
    )
    regions = forms.MultipleChoiceField(
        label=_("Only for these regions"),
        widget=forms.SelectMultiple(attrs={"size": SHOWN}),
        required=False,
        help_text=_("None chosen: the whole region of the programme"),
    )
    occupations = forms.MultipleChoiceField(
        label=_("Only for these occupations"),
        widget=forms.SelectMultiple(attrs={"size": SHOWN}),
        required=False,
        help_text=_("None chosen: for all"),
    )
    segments = forms.MultipleChoiceField(
        label=_("Segments"),
        choices=list(
            zip(SEGMENTS, (_("PU: with an employer"), _("BPU: without an employer"), _("Construction")), strict=True)
        ),
        widget=forms.CheckboxSelectMultiple,
        initial=["BPU"],
    )

    def __init__(self, *args: Any, programme: Programme, chosen: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["regions"].choices = _regions(programme, chosen)  # type: ignore[attr-defined]
        self.fields["occupations"].choices = [  # type: ignore[attr-defined]
            (occupation.code, str(occupation)) for occupation in Occupation.objects.all()
        ]

    def terms(self) -> PurseTerms:
        """What the action takes."""
        return PurseTerms(**{name: self.cleaned_data[name] for name in PurseTerms.__slots__})


class PurseChangeForm(PurseForm):
    """New terms, and why."""

    reason = forms.CharField(label=_("Why the terms change"), max_length=300)


def _regions(programme: Programme, chosen: tuple[str, ...]) -> list[tuple[str, str]]:
    """The two levels below the programme's region, and what is chosen already."""
    level = Region.objects.filter(pk=programme.region_code).values_list("level", flat=True).first() or 0
    within = Region.objects.filter(code__startswith=programme.region_code, level__gt=level, level__lte=level + 2)
    found = within | Region.objects.filter(pk__in=chosen)
    return [(region.code, f"{region.title} ({region.code})") for region in found.order_by("code")]
