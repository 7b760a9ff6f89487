"""Form fields for months and rupiah, as people type them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

OLDEST, NEWEST = 2000, 2199


def in_our_time(day: date) -> date:
    """The day itself; years long past or far ahead are a slip of the finger."""
    if not OLDEST <= day.year <= NEWEST:
        told = _("Choose a year from %(oldest)s to %(newest)s.") % {"oldest": OLDEST, "newest": NEWEST}
        raise forms.ValidationError(told, code="year")
    return day


class MonthField(forms.DateField):
    """A month: "2026-01" as browsers send it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
        super().__init__(input_formats=["%Y-%m"], widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """The month as its first day."""
        month = super().clean(value)
        return in_our_time(month) if month else month


class RupiahField(forms.CharField):
    """Whole rupiah: "1.000.000", "Rp 1.000.000" and "1000000" are the same."""

    default_error_messages = {"rupiah": _("Write whole rupiah, such as 1.000.000.")}

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "number-input"})
        super().__init__(widget=widget, max_length=25, **options)

    def clean(self, value: Any) -> Any:
        """The amount as an integer."""
        text = re.sub(r"(?i)^rp|[\s.]", "", str(super().clean(value)).strip())
        if not re.fullmatch(r"[0-9]{1,15}", text):
            raise forms.ValidationError(self.error_messages["rupiah"], code="rupiah")
        return int(text)


def day_field(**options: Any) -> forms.DateField:
    """A day with the browser's own picker."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def month_text(month: date) -> str:
    """ "2026-01", as a month stands in an address."""
    return f"{month:%Y-%m}"
