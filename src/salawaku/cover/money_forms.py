"""What people fill in about bills, payment orders and refunds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.cover.bill_selectors import VillageShare
from salawaku.cover.models import Bill
from salawaku.programmes.fields import MonthField, RupiahField, day_field
from salawaku.programmes.models import Purse
from salawaku.web import wording
from salawaku.web.paging import uuid_asked


class RunForm(forms.Form):
    """The month to bill, or several months ahead, of one purse or of all."""

    month = MonthField(label=_("Month"))
    through = MonthField(label=_("Through (several months ahead)"), required=False)
    purse = forms.ModelChoiceField(
        Purse.objects.none(),
        label=_("Purse"),
        to_field_name="public_id",
        required=False,
        empty_label=_("every purse"),
    )

    def __init__(self, *args: Any, purses: QuerySet[Purse], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["purse"]
        field.queryset = purses  # type: ignore[attr-defined]
        field.label_from_instance = lambda purse: f"{purse.name} · {purse.programme.name}"  # type: ignore[attr-defined]


class OptionalRupiahField(RupiahField):
    """Whole rupiah, or nothing."""

    def clean(self, value: Any) -> Any:
        """The amount as an integer; None when nothing is written."""
        return super().clean(value) if str(value or "").strip() else None


class SplitForm(forms.Form):
    """Whom an instalment pays for."""

    at_most = OptionalRupiahField(
        label=_("At most (Rp)"),
        required=False,
        help_text=_("As many whole workers as this pays, village by village."),
    )
    villages = forms.MultipleChoiceField(
        label=_("Only these villages"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, villages: list[VillageShare], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["villages"]
        field.choices = [(row.code, _village(row)) for row in villages]  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """A payment order and the bills it pays: any of `bills`, of which `shown` are offered beside those chosen."""

    number = forms.CharField(label=_("Number of the order (SP2D)"), max_length=60)
    issued_on = day_field(label=_("Date of the order"))
    amount = RupiahField(label=_("Amount (Rp)"))
    bills = forms.ModelMultipleChoiceField(
        Bill.objects.none(),
        label=_("Bills it pays"),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    proof = forms.FileField(
        label=_("Proof (PDF, JPG or PNG)"), required=False, help_text=_("The scanned order, up to 5 MB.")
    )

    def __init__(self, *args: Any, bills: QuerySet[Bill], shown: Sequence[Bill] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["bills"]
        field.queryset = bills  # type: ignore[attr-defined]
        chosen = [bill for bill in self._chosen(bills) if bill not in shown]
        field.widget.choices = [(bill.public_id, _bill(bill)) for bill in (*chosen, *shown)]

    def _chosen(self, bills: QuerySet[Bill]) -> list[Bill]:
        """What is ticked already stays to be seen, on whichever page it lies."""
        if not self.is_bound:
            return list(self.initial.get("bills", ()))
        told = self.data.getlist("bills")  # type: ignore[attr-defined]
        return list(bills.filter(public_id__in=filter(None, (uuid_asked({"bill": one}, "bill") for one in told))))


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class RequestForm(forms.Form):
    """The letter that asks for the refunds of a purse."""

    purse = forms.ModelChoiceField(Purse.objects.none(), label=_("Purse"), to_field_name="public_id")
    number = forms.CharField(label=_("Number of your letter"), max_length=60)
    issued_on = day_field(label=_("Date of the letter"))

    def __init__(self, *args: Any, purses: QuerySet[Purse], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["purse"]
        field.queryset = purses  # type: ignore[attr-defined]
        field.label_from_instance = lambda purse: f"{purse.name} · {purse.programme.name}"  # type: ignore[attr-defined]


class ReceivedForm(forms.Form):
    """The money that came back."""

    received_on = day_field(label=_("Received on"))
    receipt = forms.CharField(label=_("Receipt number"), max_length=60)


def _village(row: VillageShare) -> str:
    return _("%(village)s: %(n)s workers, %(amount)s") % {
        "village": row.name,
        "n": wording.number(row.workers),
        "amount": wording.rupiah(row.amount),
    }


def _bill(bill: Bill) -> str:
    parts = (bill.billing_code, bill.purse.name, wording.month(bill.month), wording.rupiah(bill.amount))
    return " · ".join(parts)
