"""What the calculator of contributions asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.law import Payer, Program, Sector, Segment
from salawaku.law.fields import MOST_MONTHS, MOST_WORKERS
from salawaku.law.rates import PROGRAMS as OFFERED
from salawaku.programmes.fields import MonthField, month_text
from salawaku.web.law.fields import CaseForm, NumberField, choice_field, choices
from salawaku.web.law.words import PAYERS, PROGRAMS, RISKS, SECTORS, SEGMENTS


def this_month() -> str:
    """The month of today as fields hold it."""
    return month_text(timezone.localdate())


class ContributionForm(CaseForm):
    """Whose contribution, for which month, and what decides about its amount."""

    groups = (
        ("who", ("segment", "income")),
        ("insurance", ("month", "programs")),
        ("relief", ("payer", "sector")),
        ("wage", ("risk_group", "employer_workers")),
        ("project", ("contract_value", "project_wages")),
        ("many", ("workers", "months")),
    )
    ticked = ("programs",)

    segment = choice_field(SEGMENTS, radio=True, label=_("Whose contribution?"), initial=Segment.BPU.value)
    month = MonthField(
        label=_("Which month?"),
        initial=this_month,
        error_messages={"invalid": _("Write a month as year-month, such as 2026-02.")},
    )
    programs = forms.MultipleChoiceField(
        choices=choices(PROGRAMS),
        label=_("Which insurances?"),
        widget=forms.CheckboxSelectMultiple,
        initial=[Program.JKK.value, Program.JKM.value],
        error_messages={"required": _("Tick at least one insurance, for example JKK and JKM.")},
    )
    income = NumberField(
        label=_("Income or wage of one worker in a month, in rupiah"),
        initial="1.000.000",
        help_text=_("Non-wage workers say what they earn. For wage earners it is the wage with fixed allowances."),
    )
    payer = choice_field(PAYERS, label=_("Who pays?"), initial=Payer.APBD.value)
    sector = choice_field(SECTORS, label=_("What kind of work?"), initial=Sector.OTHER.value)
    risk_group = choice_field(
        {"": _("Choose"), **RISKS}, label=_("How risky is the workplace?"), required=False, initial=""
    )
    employer_workers = NumberField(
        label=_("How many workers has the employer?"),
        least=1,
        most=MOST_WORKERS,
        help_text=_("One relief asks it. Leave it empty if you do not know."),
    )
    contract_value = NumberField(
        label=_("Value of the contract without VAT, in rupiah"), help_text=_("Paid once for the whole project.")
    )
    project_wages = NumberField(
        label=_("Or the wages of all workers in a month, in rupiah"), help_text=_("Only when the wages are known.")
    )
    workers = NumberField(label=_("How many workers?"), least=1, most=MOST_WORKERS, empty=1, initial="1")
    months = NumberField(label=_("How many months?"), least=1, most=MOST_MONTHS, empty=1, initial="1")

    def clean(self) -> dict[str, Any]:
        """What the chosen kind of worker needs is there."""
        given = self.cleaned_data
        segment = Segment(given["segment"]) if given.get("segment") else None
        if segment is Segment.JAKON:
            self._project()
        elif segment is not None and "income" in given and given["income"] is None:
            self.refuse("income", _("Write the income or the wage, such as 1.000.000."))
        if segment is Segment.PU and not given.get("risk_group") and Program.JKK.value in given.get("programs", ()):
            self.refuse("risk_group", _("Choose how risky the workplace is: JKK of wage earners depends on it."))
        self._offered(segment)
        return given

    def _project(self) -> None:
        given = self.cleaned_data
        if given.get("contract_value") is None and given.get("project_wages") is None and not self.errors:
            self.refuse("contract_value", _("Write the value of the contract, or the wages of the project."))
        if given.get("project_wages") is None and (given.get("months") or 1) > 1:
            self.refuse("months", _("A contract is paid for once. Write 1 month."))
        if (given.get("workers") or 1) > 1:
            told = _("The contract or the wages are already those of all workers. Write 1 worker.")
            self.refuse("workers", told)

    def _offered(self, segment: Segment | None) -> None:
        """Only insurances that this kind of worker can have."""
        if segment is None:
            return
        offered = [program.value for program in OFFERED[segment]]
        if beside := [name for name in self.cleaned_data.get("programs", ()) if name not in offered]:
            told = _("%(beside)s is not open to this kind of worker. Tick only %(offered)s.")
            self.refuse("programs", told % {"beside": ", ".join(beside), "offered": ", ".join(offered)})

    def case(self) -> dict[str, Any]:
        """The case for the law; only for a valid form."""
        given = self.cleaned_data
        segment = Segment(given["segment"])
        asked = {
            "segment": segment.value,
            "programs": list(given["programs"]),
            "month": month_text(given["month"]),
            "months": given["months"],
            "payer": given["payer"],
            "sector": given["sector"],
            "risk_group": given["risk_group"] or None,
            "employer_workers": given["employer_workers"],
            **self._amount(segment),
        }
        # One worker of an unknown employer says nothing about the employer's size.
        return asked | ({"workers": given["workers"]} if given["workers"] > 1 else {})

    def _amount(self, segment: Segment) -> dict[str, Any]:
        given = self.cleaned_data
        if segment is Segment.BPU:
            return {"income": given["income"]}
        if segment is Segment.PU:
            return {"wage": given["income"]}
        by_contract = given["contract_value"] is not None
        return {"contract_value": given["contract_value"]} if by_contract else {"wage": given["project_wages"]}

    @property
    def first_month(self) -> date:
        """The month asked for; only for a valid form."""
        month: date = self.cleaned_data["month"]
        return month
