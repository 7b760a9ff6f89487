"""What people fill in about donors."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.programmes.fields import MonthField
from salawaku.programmes.models import Programme
from salawaku.sponsors.actions import DonorTerms
from salawaku.sponsors.models import Donor

VILLAGE = re.compile(r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$")


class DonorForm(forms.Form):
    """A company or bank that gives."""

    organisation = forms.CharField(label=_("Organisation"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Donor.Kind.choices)
    tax_number = forms.CharField(label=_("Tax number (NPWP)"), max_length=30, required=False)
    contact_name = forms.CharField(label=_("Contact person"), max_length=120, required=False)
    contact_phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    contact_email = forms.EmailField(label=_("E-mail"), required=False)


class PromiseForm(forms.Form):
    """Workers, months and villages."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"))
    workers = forms.IntegerField(label=_("Number of workers"), min_value=1, max_value=1_000_000)
    months = forms.IntegerField(
        label=_("Months for each worker"),
        min_value=1,
        max_value=12,
        help_text=_("Under 6 months BPJS may not count them; the next page shows how."),
    )
    first_month = MonthField(label=_("First month"))
    villages = forms.CharField(
        label=_("Codes of villages"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, such as 81.71.03.2001. Empty: the whole programme."),
    )

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]

    def clean_villages(self) -> list[str]:
        """The codes; a text that is no code is told."""
        codes: list[str] = self.cleaned_data["villages"].replace(",", " ").replace(";", " ").split()
        if not all(VILLAGE.match(code) for code in codes):
            raise forms.ValidationError(_("Write codes of villages such as 81.71.03.2001."), code="village")
        return codes

    def terms(self) -> DonorTerms:
        """What the action takes."""
        given = self.cleaned_data
        return DonorTerms(given["workers"], given["months"], given["first_month"], given["villages"])
