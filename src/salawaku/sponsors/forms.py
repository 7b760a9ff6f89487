"""What people fill in about sponsors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import Agency
from salawaku.accounts.scoping import in_scope
from salawaku.programmes.fields import MonthField, day_field
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from salawaku.sponsors.actions import PledgeTerms
from salawaku.sponsors.models import Sponsor
from salawaku.sponsors.paper import Paper


class RegisterForm(forms.Form):
    """The register of civil servants."""

    file = forms.FileField(
        label=_("Register of civil servants (Excel or CSV)"),
        help_text=_("With the columns NIP, NAMA, OPD and, if you have them, BANK and REKENING."),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.all(),
        label=_("Agency of all rows"),
        required=False,
        help_text=_("Only for a file without the column OPD."),
    )


class PledgeForm(forms.Form):
    """A pledge with its paper."""

    purse = forms.ModelChoiceField(Purse.objects.none(), label=_("Purse"))
    workers = forms.IntegerField(label=_("Number of workers"), min_value=1, max_value=100, initial=1)
    first_month = MonthField(label=_("First month"))
    last_month = MonthField(label=_("Last month"))
    signed_on = day_field(label=_("Signed on"))
    paper = forms.FileField(label=_("Power of attorney (PDF or photo, up to 5 MB)"))
    wish_nik = forms.CharField(
        label=_("Wish: NIK of a worker"), required=False, max_length=20, help_text=_("Leave empty to be given one.")
    )
    wish_village = forms.RegexField(
        r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$", label=_("Wish: code of a village"), required=False
    )

    def __init__(self, *args: Any, purses: QuerySet[Purse], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["purse"]
        field.queryset = purses  # type: ignore[attr-defined]
        field.label_from_instance = _purse_told  # type: ignore[attr-defined]

    def clean_wish_nik(self) -> Worker | None:
        """The worker with this NIK whom the person may see."""
        digits = "".join(sign for sign in self.cleaned_data["wish_nik"] if sign.isdigit())
        if not digits:
            return None
        worker = in_scope(Worker.objects.filter(nik=digits, status=Worker.Status.LIVING)).first()
        if worker is None:
            raise forms.ValidationError(_("No living worker of your area has this NIK."), code="unknown")
        return worker

    def terms(self) -> PledgeTerms:
        """What the action takes."""
        given = self.cleaned_data
        return PledgeTerms(
            workers=given["workers"],
            first_month=given["first_month"],
            last_month=given["last_month"],
            signed_on=given["signed_on"],
            wish_worker=given["wish_nik"],
            wish_village=given["wish_village"],
        )

    def given_paper(self) -> Paper:
        """The file as it came."""
        file = self.cleaned_data["paper"]
        return Paper(file.name, file.read())


def _purse_told(purse: Purse) -> str:
    return f"{purse.name} · {purse.programme.name}"


class LeaveForm(forms.Form):
    """A sponsor retires, moves away or stops."""

    status = forms.ChoiceField(
        label=_("What happens"), choices=[choice for choice in Sponsor.Status.choices if choice[0] != "active"]
    )
    from_month = MonthField(label=_("First month that is not paid any more"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class MoveForm(forms.Form):
    """Another agency of the same government."""

    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("New agency"))
    from_month = MonthField(label=_("First month on the new agency's list"))


class MatchForm(forms.Form):
    """Which purse and from when."""

    purse = forms.ModelChoiceField(Purse.objects.none(), label=_("Purse"))
    month = MonthField(label=_("First month"))

    def __init__(self, *args: Any, purses: QuerySet[Purse], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["purse"]
        field.queryset = purses  # type: ignore[attr-defined]
        field.label_from_instance = _purse_told  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """An agency and a month."""

    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("Agency"))
    month = MonthField(label=_("Month"))

    def __init__(self, *args: Any, agencies: list[str] | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if agencies is not None:
            self.fields["agency"].queryset = Agency.objects.filter(pk__in=agencies)  # type: ignore[attr-defined]


class ReturnForm(ListForm):
    """What the bank or the pay office sent back."""

    file = forms.FileField(
        label=_("Result of the deduction (Excel or CSV)"),
        help_text=_("With the columns NIP and JUMLAH or TERPOTONG."),
    )
