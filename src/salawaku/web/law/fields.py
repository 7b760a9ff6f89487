"""Form fields of the calculators: as people type numbers, and always with a default where one is sensible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from salawaku.law.fields import MOST_RUPIAH
from salawaku.web import wording

GROUPED = re.compile(r"[0-9]{1,3}([.,\s][0-9]{3})+")


class NumberField(forms.CharField):
    """A whole number of rupiah, months or heads: "1.000.000", "1,000,000", "Rp 1.000.000" and "1000000" are the
    same. An empty one is the default of the field."""

    default_error_messages = {
        "number": _("Write a whole number in digits, such as 1.000.000 or 12."),
        "most": _("That is too much. The highest number here is %(most)s."),
        "least": _("That is too little. The lowest number here is %(least)s."),
        "required": _("Fill this in."),
    }

    def __init__(self, *, least: int = 0, most: int = MOST_RUPIAH, empty: int | None = None, **options: Any) -> None:
        self.least, self.most, self.empty = least, most, empty
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "number-input", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=40, **({"required": False} | options))

    def clean(self, value: Any) -> Any:
        """The number; None, or the default, for an empty field."""
        text = re.sub(r"(?i)^rp\.?\s*", "", str(super().clean(value)).strip())
        if not text:
            return self.empty
        if GROUPED.fullmatch(text):
            text = re.sub(r"[.,\s]", "", text)
        if not re.fullmatch(r"[0-9]{1,30}", text):
            raise forms.ValidationError(self.error_messages["number"], code="number")
        return self._within(int(text))

    def _within(self, number: int) -> int:
        if number > self.most:
            raise forms.ValidationError(
                self.error_messages["most"], code="most", params={"most": wording.number(self.most)}
            )
        if number < self.least:
            raise forms.ValidationError(
                self.error_messages["least"], code="least", params={"least": wording.number(self.least)}
            )
        return number


class ShareField(forms.DecimalField):
    """A percentage from 0 to 100; "12,5" and "12.5" are the same."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "number-input", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=100, decimal_places=2, required=False, widget=widget, **options)
        self.error_messages["invalid"] = _("Write a percentage from 0 to 100, such as 20 or 12,5.")

    def to_python(self, value: Any) -> Any:
        """The number, with a comma or a point."""
        return super().to_python(str(value or "").replace(",", ".").replace("%", "").strip())


def choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """The choices of a field from a table of words by member of an enum."""
    return [(_value(member), word) for member, word in words.items()]


def _value(member: Any) -> str:
    return str(member.value) if isinstance(member, Enum) else str(member)


def choice_field(words: Mapping[Any, Any], *, radio: bool = False, **options: Any) -> forms.ChoiceField:
    """One of an enum."""
    widget: Any = forms.RadioSelect if radio else forms.Select
    return forms.ChoiceField(choices=choices(words), widget=widget, **options)


def day_field(**options: Any) -> forms.DateField:
    """A day with the browser's own picker, and how to write it where there is none."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {"invalid": _("Write a day as year-month-day, such as 2026-02-15.")}
    return forms.DateField(input_formats=["%Y-%m-%d"], widget=widget, error_messages=wrong, **options)


class CaseForm(forms.Form):
    """A form whose fields make a case for the law.

    `groups` are its parts as a page shows them: a key, and the fields in it. Fields that an address leaves out take
    their default, so that a short address works; what was typed stays.
    """

    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ticked: tuple[str, ...] = ()  # fields of which an address says nothing when they are empty

    @classmethod
    def asked(cls, query: Any, *, key: str) -> Any:
        """The form as an address fills it in; unbound when it asks nothing."""
        if key not in query:
            return cls()
        data = query.copy()
        for name, field in cls.base_fields.items():
            if name not in data and name not in cls.ticked and field.initial is not None:
                start = field.initial() if callable(field.initial) else field.initial
                data[name] = start
        return cls(data)

    def parts(self) -> dict[str, list[forms.BoundField]]:
        """The fields of each group."""
        return {key: [self[name] for name in names] for key, names in self.groups}

    def refuse(self, name: str | None, message: Any) -> None:
        """Put what the law refuses beside the field that it is about."""
        self.add_error(name if name in self.fields else None, message)
