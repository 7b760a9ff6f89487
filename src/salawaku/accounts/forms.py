"""What administrators and readers of the trail fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import Agency, Role
from salawaku.accounts.permissions import PERMISSIONS
from salawaku.accounts.selectors import TrailFilter
from salawaku.accounts.wording import KINDS
from salawaku.regions.models import Region


class PersonForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), help_text=_("An invitation to set a password goes there."))


class RoleChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django has no type arguments here
    """A role with what it means."""

    def label_from_instance(self, obj: Any) -> str:
        """The name and the description."""
        return f"{obj.name}: {obj.description}"


class GiveForm(forms.Form):
    """A role for a region, perhaps for one agency only."""

    role = RoleChoice(Role.objects.all(), label=_("Role"), widget=forms.RadioSelect, empty_label=None)
    region_code = forms.ChoiceField(label=_("Region"), widget=forms.RadioSelect)
    agency = forms.ModelChoiceField(
        Agency.objects.all(), label=_("Agency"), required=False, empty_label=_("All: not bound to an agency")
    )

    def __init__(self, *args: Any, regions: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (region.code, f"{region.title} ({region.code})") for region in regions
        ]


class PermissionsForm(forms.Form):
    """What a role may do."""

    permissions = forms.MultipleChoiceField(
        label=_("What this role may do"),
        choices=list(PERMISSIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ReasonForm(forms.Form):
    """Why an account is closed."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("For example: moved to another office"))


class KeyForm(forms.Form):
    """A key for a program."""

    label = forms.CharField(label=_("What is it for?"), max_length=80)
    days = forms.IntegerField(label=_("Good for how many days?"), min_value=1, max_value=366, initial=90)


class TrailForm(forms.Form):
    """Narrows the audit trail."""

    kind = forms.ChoiceField(label=_("What"), choices=[("", _("Everything")), *KINDS.items()], required=False)
    actor = forms.CharField(label=_("Who"), max_length=120, required=False)
    subject = forms.CharField(label=_("Number of the record"), max_length=60, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def wanted(self) -> TrailFilter:
        """The filters as given; what is not valid is left out."""
        self.is_valid()
        return TrailFilter(**{name: value for name, value in self.cleaned_data.items() if value})
