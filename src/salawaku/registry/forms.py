"""What people fill in about workers."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import Agency
from salawaku.registry.models import Occupation, Worker
from salawaku.registry.selectors import WorkerFilter


class SearchForm(forms.Form):
    """Looks for a person; posted, so that no name or number ever stands in an address."""

    text = forms.CharField(label=_("NIK, KPJ, name or phone"), max_length=120, required=False)


class FilterForm(forms.Form):
    """Narrows the list by codes."""

    village = forms.RegexField(r"^[0-9.]{2,13}$", label=_("Village"), required=False)
    occupation = forms.ModelChoiceField(Occupation.objects.all(), label=_("Occupation"), required=False)
    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("Agency"), required=False)
    status = forms.ChoiceField(
        choices=[("", _("All but merged ones")), *Worker.Status.choices], label=_("Status"), required=False
    )

    def wanted(self, text: str = "") -> WorkerFilter:
        """The filters as given; what is not valid is left out."""
        self.is_valid()
        given = self.cleaned_data
        codes = {name: getattr(given[name], "pk", given[name]) or "" for name in self.fields if given.get(name)}
        return WorkerFilter(text=text, **codes)


class DeathForm(forms.Form):
    """The day somebody died."""

    died_on = forms.DateField(
        label=_("Day of death"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("How do you know?"), max_length=200, help_text=_("For example: death certificate")
    )

    def clean_died_on(self) -> object:
        """Not in the future."""
        died_on = self.cleaned_data["died_on"]
        if died_on > timezone.localdate():
            raise forms.ValidationError(_("The day of death lies in the future."))
        return died_on


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
