"""What people fill in about cover."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.cover.models import Bill, Difference
from salawaku.programmes.fields import MonthField
from salawaku.web import wording


class PaymentForm(forms.Form):
    """A file of payments."""

    file = forms.FileField(
        label=_("Payment file"),
        help_text=_(
            "The settlement of a BPJS channel, a bank statement (MT940 or CSV), a report of virtual accounts, or a"
            " list with the columns receipt, billing code, amount, date. The file itself tells which it is."
        ),
    )


class MatchForm(forms.Form):
    """Which open bill a receipt pays."""

    bill = forms.ModelChoiceField(
        Bill.objects.none(), label=_("Bill"), to_field_name="public_id", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, bills: QuerySet[Bill], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["bill"]
        field.queryset = bills  # type: ignore[attr-defined]
        field.label_from_instance = _told  # type: ignore[attr-defined]


class SetAsideForm(forms.Form):
    """Why a receipt is not ours."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


def _told(bill: Bill) -> str:
    return f"{bill.billing_code} · {bill.purse.name} · {wording.month(bill.month)}"


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


class SignOffForm(forms.Form):
    """Why every open difference of one kind stays as it is."""

    kind = forms.ChoiceField(choices=Difference.Kind.choices)
    reason = forms.CharField(max_length=300)
