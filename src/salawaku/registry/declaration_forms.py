"""The field check: few questions, each of which may stay unasked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.registry.actions import Declared
from salawaku.registry.models import Declaration
from salawaku.registry.models.declaration import LARGEST_EVIDENCE

NOT_ASKED = ("", _("Not asked"))
YES_NO = [NOT_ASKED, ("yes", _("Yes")), ("no", _("No"))]
ANSWERS: dict[str, bool | None] = {"": None, "yes": True, "no": False}
ASSISTANCE: dict[str, tuple[str, ...] | None] = {
    "": None,
    "none": (),
    "PKH": ("PKH",),
    "BPNT": ("BPNT",),
    "both": ("BPNT", "PKH"),
}


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _hour(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False, **options)


class DeclarationForm(forms.Form):
    """What the field check asks, in the order in which one asks it."""

    works = forms.ChoiceField(label=_("Does this person work?"), choices=YES_NO, required=False)
    works_as = forms.CharField(label=_("As what?"), max_length=120, required=False)
    works_at = forms.CharField(
        label=_("Where, on most days?"),
        max_length=160,
        required=False,
        help_text=_("The market, the boat, the street: where an inspector would find the person at work"),
    )
    hours_from = _hour(label=_("From what time?"))
    hours_to = _hour(label=_("Until what time?"))
    gravely_ill = forms.ChoiceField(label=_("Is this person gravely ill?"), choices=YES_NO, required=False)
    residence_since = _day(label=_("Has lived here since"), required=False)
    assistance = forms.ChoiceField(
        label=_("Which assistance does the family receive?"),
        choices=[NOT_ASKED, ("none", _("None")), ("PKH", "PKH"), ("BPNT", "BPNT"), ("both", _("PKH and BPNT"))],
        required=False,
    )
    employment = forms.ChoiceField(
        label=_("Who employs this person?"), choices=[NOT_ASKED, *Declaration.Employment.choices], required=False
    )
    declared_by = forms.CharField(
        label=_("Who declared it?"), max_length=160, help_text=_("Name and office, for example the village head")
    )
    declared_on = _day(label=_("On which day?"))
    evidence = forms.FileField(
        label=_("Photo or PDF of the signed form"),
        required=False,
        help_text=_("JPEG, PNG or PDF, up to 5 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )

    def clean_declared_on(self) -> object:
        """Not in the future."""
        day = self.cleaned_data["declared_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day of the declaration lies in the future."))
        return day

    def declared(self) -> Declared:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "evidence"}
        return Declared(
            **given
            | {
                "works": ANSWERS[given["works"]],
                "gravely_ill": ANSWERS[given["gravely_ill"]],
                "assistance": ASSISTANCE[given["assistance"]],
            }
        )

    def file(self) -> bytes:
        """The evidence, read no further than is needed to see that it is too large; b"" without one."""
        found = self.cleaned_data["evidence"]
        return bytes(found.read(LARGEST_EVIDENCE + 1)) if found else b""
