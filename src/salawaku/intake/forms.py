"""What people fill in about lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.intake.actions.mapping import FIELDS
from salawaku.intake.models import ListFile, ListRow
from salawaku.intake.selectors import senders_for, village_choices
from salawaku.registry.models import Occupation
from salawaku.registry.selectors import mask

FIELD_WORDS = {
    "": _("Leave out"),
    "nik": "NIK",
    "family_card": _("Family card number (KK)"),
    "name": _("Name"),
    "birth_place_date": _("Place and date of birth"),
    "birth_place": _("Place of birth"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "address": _("Address"),
    "rt_rw": "RT/RW",
    "rt": "RT",
    "rw": "RW",
    "village": _("Village"),
    "district": _("District"),
    "occupation": _("Occupation"),
    "income": _("Income"),
    "phone": _("Phone"),
    "decile": _("Welfare decile"),
}


class SeveralFilesInput(forms.ClearableFileInput):
    """A file button that takes several lists at once."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """One or more files."""

    widget = SeveralFilesInput(attrs={"accept": ".xlsx,.xls,.ods,.csv", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each file on its own."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFiles, self).clean(one, initial) for one in several]


class UploadForm(forms.Form):
    """Lists to send, and on whose behalf."""

    sender = forms.ChoiceField(label=_("Who sends the list?"))
    lists = SeveralFiles(label=_("Lists (xlsx, xls, ods or csv)"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender"].choices = senders_for(user)  # type: ignore[attr-defined]

    @property
    def village_and_agency(self) -> tuple[str, str]:
        """The sender as two codes."""
        village, _bar, agency = self.cleaned_data["sender"].partition("|")
        return village, agency


class RowForm(forms.Form):
    """One row, to mend in place; what is left as it was is not sent on."""

    nik = forms.CharField(label="NIK", max_length=40, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    birth_date = forms.CharField(label=_("Birth date"), max_length=40, required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    home_village = forms.ChoiceField(label=_("Village"), required=False)
    occupation_id = forms.ModelChoiceField(Occupation.objects.all(), label=_("Occupation"), required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    def __init__(self, *args: Any, row: ListRow, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": self.values_of(row)})
        self.fields["sex"].choices = [("", "–"), ("L", _("Male")), ("P", _("Female"))]  # type: ignore[attr-defined]
        self.fields["home_village"].choices = [("", "–"), *village_choices()]  # type: ignore[attr-defined]
        if not self.initial["nik"] and row.nik:
            self.fields["nik"].widget.attrs["placeholder"] = mask(row.nik)
            self.fields["nik"].help_text = _("Leave empty to keep this number.")

    @staticmethod
    def values_of(row: ListRow) -> dict[str, Any]:
        """What the row holds now: mended, read, or as it stood. A sound NIK is not shown whole."""
        sound_nik = len(row.nik) == 16 and not any(code.startswith("nik.") for code in row.codes)
        known_nik = sound_nik or "nik.conflict" in row.codes
        raw_date = row.raw.get("birth_date") or row.raw.get("birth_place_date") or ""
        return {
            "nik": "" if known_nik else row.mended.get("nik") or row.raw.get("nik") or "",
            "name": row.name or row.raw.get("name") or "",
            "birth_date": row.birth_date.isoformat() if row.birth_date else row.mended.get("birth_date") or raw_date,
            "sex": {"M": "L", "F": "P"}.get(row.sex, ""),
            "home_village": row.home_village,
            "occupation_id": row.occupation_id,
            "address": row.address,
            "phone": row.phone,
        }

    def mended(self) -> dict[str, str]:
        """Only what was changed, as texts."""
        given = {name: self.cleaned_data[name] for name in self.changed_data}
        return {name: str(getattr(value, "pk", value) or "").strip() for name, value in given.items()}


class MappingForm(forms.Form):
    """Which column is which."""

    def __init__(self, *args: Any, file: ListFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = list(file.mapping)
        choices = [(name, FIELD_WORDS[name]) for name in ("", *FIELDS)]
        for number, label in enumerate(self.labels):
            self.fields[f"column{number}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=file.mapping[label]
            )

    def mapping(self) -> dict[str, str]:
        """Column name to field."""
        return {label: self.cleaned_data[f"column{number}"] for number, label in enumerate(self.labels)}


class WithdrawForm(forms.Form):
    """Why a list is taken back."""

    reason = forms.CharField(label=_("Why is the list taken back?"), max_length=200)
