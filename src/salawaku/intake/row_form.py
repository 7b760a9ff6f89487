"""Mending one row: the fields at fault first, numbers that are whole never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from salawaku.intake.actions.rows import MENDABLE
from salawaku.intake.models import ListRow
from salawaku.intake.rows_shown import nik_is_broken, row_shown, written
from salawaku.intake.senders import villages_near
from salawaku.intake.wording import FIELDS
from salawaku.registry.models import Occupation
from salawaku.web.wording import masked_nik

FORMS_OF = {"village": "home_village", "birth_place_date": "birth_date", "occupation": "occupation_id"}
LISTS = {"occupation_id": "occupations", "home_village": "villages"}


class RowForm(forms.Form):
    """What stood in the cells, to be put right; only what was changed is sent on."""

    def __init__(self, *args: Any, row: ListRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.villages = {region.title: region.pk for region in villages_near(row.village_code)}
        self.occupations = {str(one): one.pk for one in Occupation.objects.all()}
        for name in MENDABLE:
            self.fields[name] = _field(row, name)
            self.initial[name] = self._initial(name)
        for name in [name for name in MENDABLE if name in self._faults][:1]:
            self.fields[name].widget.attrs["autofocus"] = True

    def at_fault(self) -> list[forms.BoundField]:
        """The fields the reasons speak of."""
        return [self[name] for name in MENDABLE if name in self._faults]

    def others(self) -> list[forms.BoundField]:
        """All other fields."""
        return [self[name] for name in MENDABLE if name not in self._faults]

    def clean_home_village(self) -> str:
        """The village's code, found by its title."""
        return _chosen(self.cleaned_data["home_village"], self.villages)

    def clean_occupation_id(self) -> str:
        """The occupation's code, found by its title; an unchanged word that is not on the list stays as it is."""
        if "occupation_id" not in self.changed_data:
            return ""
        return _chosen(self.cleaned_data["occupation_id"], self.occupations)

    def clean(self) -> dict[str, Any]:
        """Something has to be changed."""
        if not self.errors and not self.values():
            raise forms.ValidationError(_("Nothing was changed yet. Change what is wrong, then save."))
        return self.cleaned_data

    def values(self) -> dict[str, str]:
        """The mended values, by field."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}
        return {name: value for name, value in changed.items() if value or name not in LISTS}

    @cached_property
    def _faults(self) -> set[str]:
        found = {reason.field for reason in row_shown(self.row).reasons}
        return {FORMS_OF.get(name, name) for name in found} or set(MENDABLE)

    def _initial(self, name: str) -> str:
        row = self.row
        if name in LISTS and name in self._faults:
            return ""  # what is wrong would narrow the suggestions to itself
        special = {
            "nik": written(row, "nik") if nik_is_broken(row) else "",
            "family_card": "",
            "home_village": next((title for title, code in self.villages.items() if code == row.home_village), ""),
            "occupation_id": str(row.occupation or "") or written(row, "occupation"),
            "sex": {"M": "L", "F": "P"}.get(row.sex, ""),
            "birth_date": _day(row),
        }
        return special[name] if name in special else written(row, name)


def _day(row: ListRow) -> str:
    day = row.birth_date
    return day.strftime("%d-%m-%Y") if day else written(row, "birth_date", "birth_place_date")


def _chosen(text: str, choices: dict[str, str]) -> str:
    title = " ".join(text.split()).casefold()
    by_title = {name.casefold(): code for name, code in choices.items()}
    if title and title not in by_title:
        raise forms.ValidationError(_("Choose one of those that are offered while you type."))
    return by_title.get(title, "")


def _field(row: ListRow, name: str) -> forms.Field:
    if name == "sex":
        choices = [("", "–"), ("L", _("Male")), ("P", _("Female"))]
        return forms.ChoiceField(choices=choices, label=FIELDS[name], required=False)
    attributes = {"autocomplete": "off"}
    if name in LISTS:
        attributes["list"] = LISTS[name]
    if name in ("nik", "family_card", "phone", "rt", "rw"):
        attributes["inputmode"] = "numeric"
    return forms.CharField(
        label=FIELDS[name],
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs=attributes),
        help_text=_hint(row, name),
    )


def _hint(row: ListRow, name: str) -> Any:
    whole = row.nik if name == "nik" and not nik_is_broken(row) else row.family_card if name == "family_card" else ""
    if whole:
        return _("%(number)s stays unless you type another.") % {"number": masked_nik(whole)}
    hints = {
        "nik": _("16 digits as on the identity card."),
        "birth_date": _("Day-month-year, such as 12-03-1980."),
        "occupation_id": _("Type a few letters, then choose."),
        "home_village": _("Type a few letters, then choose."),
    }
    return hints.get(name, "")
