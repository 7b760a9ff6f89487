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


class ActiveListForm(forms.Form):
    """The month, and the list of active participants from the branch."""

    month = MonthField(label=_("Month"))
    file = forms.FileField(
        label=_("List of active participants (Excel or CSV)"),
        help_text=_("With a column NIK or KPJ; status and contribution are compared when they are there."),
    )


class SettleForm(forms.Form):
    """What was done about a difference."""

    reason = forms.CharField(label=_("What was done"), max_length=300)
    signed_off = forms.BooleanField(label=_("It stays as it is; I sign it off"), required=False)
