"""The rule as sentences with a number to fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from salawaku.programmes.criteria import Criteria
from salawaku.registry.models import Declaration


class CriteriaForm(forms.Form):
    """Every rule of a criteria set; an empty number and an empty box leave the rule off."""

    age_min = forms.IntegerField(label=_("from age"), min_value=15, max_value=80)
    age_max = forms.IntegerField(label=_("to age"), min_value=15, max_value=80)
    vulnerable_only = forms.BooleanField(label=_("only vulnerable occupations"), required=False)
    max_decile = forms.IntegerField(label=_("up to welfare decile"), min_value=1, max_value=10, required=False)
    min_decile = forms.IntegerField(label=_("from welfare decile"), min_value=1, max_value=10, required=False)
    decile_known = forms.BooleanField(label=_("only with a known welfare decile"), required=False)
    residence_months = forms.IntegerField(
        label=_("resident for at least so many months"), min_value=1, max_value=120, required=False
    )
    assistance = forms.ChoiceField(
        label=_("family receives PKH or BPNT"),
        choices=[("", _("does not matter")), ("excluded", _("is excluded")), ("required", _("is required"))],
        required=False,
    )
    excluded_employment = forms.MultipleChoiceField(
        label=_("nobody whose employer is"),
        choices=[choice for choice in Declaration.Employment.choices if choice[0] != Declaration.Employment.NONE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    not_gravely_ill = forms.BooleanField(label=_("declared not to be gravely ill"), required=False)
    declared_working = forms.BooleanField(label=_("declared to be working"), required=False)
    one_per_family = forms.BooleanField(label=_("one of each family card, the first in line"), required=False)
    family_known = forms.BooleanField(
        label=_("and only with a known family card"),
        required=False,
        help_text=_("Counts only together with the rule above"),
    )
    reason = forms.CharField(
        label=_("Why the rule changes"),
        max_length=300,
        required=False,
        help_text=_("For example the regulation that says so"),
    )

    def criteria(self) -> Criteria:
        """The set that was filled in. Refusal where it makes no sense."""
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return Criteria.from_json(given)
