"""What people fill in about files for BPJS and Dukcapil."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.exchange.codes import MAY_WARN, PRECHECK
from salawaku.exchange.profiles import FIELDS, FORMATS, MOST_COLUMNS, Column, Profile
from salawaku.programmes.fields import MonthField, day_field
from salawaku.programmes.models import Decree, Programme
from salawaku.programmes.selectors import decrees_for, programmes_managed_by

TAB = "tab"
SPARE_COLUMNS = 3


class RegistrationForm(forms.Form):
    """Whose registration file."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), to_field_name="code")
    month = MonthField(
        label=_("Months from"), required=False, help_text=_("The programme's first month unless you choose another.")
    )
    decree = forms.ModelChoiceField(
        Decree.objects.none(), label=_("Only of this decree"), to_field_name="public_id", required=False
    )
    agreement_number = forms.CharField(label=_("Number of the agreement (PKS)"), max_length=60, required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        reached = [one.pk for one in programmes_managed_by(user) if user.can_in("exchange.send", one.region_code)]
        self.fields["programme"].queryset = Programme.objects.filter(pk__in=reached)  # type: ignore[attr-defined]
        decrees = decrees_for(user).filter(programme__in=reached)
        self.fields["decree"].queryset = decrees  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer of the branch."""

    file = forms.FileField(
        label=_("Answer of BPJS (Excel or CSV)"),
        help_text=_("With a heading NIK, and KPJ, status or reason; in any order."),
    )


class DecisionForm(forms.Form):
    """What was done about a question."""

    decision = forms.CharField(max_length=300)
    take = forms.BooleanField(required=False)


class MatchForm(forms.Form):
    """A batch for Dukcapil."""

    agreement_number = forms.CharField(label=_("Number of the agreement with Dukcapil"), max_length=60)
    agreement_date = day_field(label=_("Date of the agreement"))
    purpose = forms.CharField(label=_("What the match is for"), max_length=200)
    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=_("Only workers of this programme"), to_field_name="code", required=False
    )
    not_since = day_field(
        label=_("Leave out whom Dukcapil answered for since"), required=False, help_text=_("Empty: everybody.")
    )
    with_name = forms.BooleanField(label=_("The name goes out as well"), required=False, initial=True)
    with_birth_date = forms.BooleanField(label=_("The birth date goes out as well"), required=False, initial=True)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["programme"].queryset = programmes_managed_by(user)  # type: ignore[attr-defined]


class MatchAnswerForm(forms.Form):
    """An answer of Dukcapil."""

    file = forms.FileField(
        label=_("Answer of Dukcapil (Excel or CSV)"),
        help_text=_("With the headings NIK and HASIL. Every other column is passed over and not kept."),
    )
    day = day_field(label=_("Day of the answer"), initial=timezone.localdate)


class ProfileForm(forms.Form):
    """The file as a whole."""

    name = forms.CharField(label=_("Name"), max_length=100)
    format = forms.ChoiceField(label=_("Format"), choices=[("xlsx", "Excel (xlsx)"), ("csv", "CSV")])
    sheet = forms.CharField(label=_("Name of the sheet (Excel)"), max_length=31)
    separator = forms.ChoiceField(
        label=_("Separator (CSV)"), choices=[(";", ";"), (",", ","), ("|", "|"), (TAB, _("Tab"))]
    )
    warnings = forms.MultipleChoiceField(
        label=_("Told without keeping a row back"),
        choices=[(code, PRECHECK[code].what) for code in sorted(MAY_WARN)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ColumnForm(forms.Form):
    """One column of the file; without a heading it is left out."""

    heading = forms.CharField(label=_("Heading"), max_length=60, required=False)
    field = forms.ChoiceField(label=_("What it holds"), choices=[("", "–"), *FIELDS.items()], required=False)
    constant = forms.CharField(label=_("The same in every row"), max_length=100, required=False)
    format = forms.ChoiceField(
        label=_("Written as"),
        choices=[("", "–"), *((name, name) for name in dict.fromkeys(sum(FORMATS.values(), ())))],
        required=False,
    )
    max_length = forms.IntegerField(label=_("Longest"), min_value=0, max_value=1000, required=False)
    pattern = forms.CharField(label=_("Allowed pattern"), max_length=100, required=False)
    upper = forms.BooleanField(label=_("Capitals"), required=False)
    required = forms.BooleanField(label=_("Required"), required=False)


ColumnForms = forms.formset_factory(
    ColumnForm, extra=SPARE_COLUMNS, can_order=True, max_num=MOST_COLUMNS, validate_max=True
)


def profile_initial(profile: Profile) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the two forms show of a profile."""
    data = profile.as_data()
    data["separator"] = TAB if profile.separator == "\t" else profile.separator
    columns = [{name: getattr(one, name) for name in Column.__dataclass_fields__} for one in profile.columns]
    return data, [column | {"max_length": column["max_length"] or None} for column in columns]


def profile_data(form: ProfileForm, columns: Any) -> dict[str, Any]:
    """What the two valid forms say, in the order of the numbers."""
    data = dict(form.cleaned_data)
    data["separator"] = "\t" if data["separator"] == TAB else data["separator"]
    kept = [one for one in columns.ordered_forms if one.cleaned_data.get("heading")]
    data["columns"] = [
        {name: value for name, value in one.cleaned_data.items() if value and name != "ORDER"} for one in kept
    ]
    return data
