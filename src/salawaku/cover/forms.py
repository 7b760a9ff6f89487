"""What people fill in about cover."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from salawaku.programmes.fields import MonthField


class BillForm(forms.Form):
    """The month to bill."""

    month = MonthField(label=_("Month"))


class PaymentForm(forms.Form):
    """A file of payments."""

    file = forms.FileField(
        label=_("Payment file (CSV)"),
        help_text=_("A first line with the columns: receipt, billing code, amount, date. Semicolons or commas."),
    )
