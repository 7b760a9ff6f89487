"""What the calculator of benefits asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.law import Program, Segment, law_now
from salawaku.law.answer_benefits import MOST_TEMPORARY
from salawaku.law.impairments import TABLE
from salawaku.programmes.fields import in_our_time
from salawaku.web.law.fields import CaseForm, NumberField, ShareField, choice_field, day_field
from salawaku.web.law.words import LEVELS, SEGMENTS, WHATS, What, said

CHILDREN = range(1, 5)
COSTS = {
    "transport": ("land", "sea", "air"),
    "rehabilitation": ("hearing_aid", "dentures", "glasses", "prosthesis"),
    "balances": (Program.JHT.value, Program.JP.value),
}
ALONE = ("medical", "home_care")
PARTIAL = (What.PARTIAL_ANATOMICAL, What.PARTIAL_FUNCTIONAL)
ACCIDENTS = frozenset(What) - {What.DEATH}


def today() -> str:
    """Today as fields hold it."""
    return f"{timezone.localdate():%Y-%m-%d}"


def impairments() -> list[tuple[str, str]]:
    """The rows of the impairment table as they stand today, in the language of the page."""
    return [("", str(_("Choose"))), *((row["key"], said(row["item"])) for row in impairment_rows())]


def impairment_rows() -> list[dict[str, Any]]:
    """The rows of the newest impairment table."""
    return list(law_now()[TABLE].values[-1].value)


class BenefitForm(CaseForm):
    """What happened to whom, and who is left."""

    groups = (
        ("what", ("what", "date")),
        ("worker", ("segment", "income")),
        ("months", ("months_of_membership", "months_contributed")),
        ("partial", ("impairment", "impairment_units", "impairment_pct", "function_loss_pct", "left_handed")),
        ("temporary", ("temporary_months",)),
    )
    ticked = ("left_handed",)

    what = choice_field(WHATS, radio=True, label=_("What happened?"), initial=What.DEATH.value)
    date = day_field(label=_("When did it happen?"), initial=today)
    segment = choice_field(SEGMENTS, radio=True, label=_("Whose insurance is it?"), initial=Segment.BPU.value)
    income = NumberField(
        label=_("Income or wage of the worker in a month, in rupiah"),
        initial="1.000.000",
        help_text=_("As it was reported to BPJS Ketenagakerjaan."),
    )
    months_of_membership = NumberField(
        label=_("For how many months was the worker a member, without a break?"),
        most=1200,
        initial="12",
        help_text=_("Three unpaid months end a membership; then count from the new one."),
    )
    months_contributed = NumberField(
        label=_("For how many months were contributions paid, all together?"), most=1200, initial="12"
    )
    impairment = forms.ChoiceField(
        label=_("Which part of the body?"), choices=impairments, required=False, initial=""
    )
    impairment_units = NumberField(
        label=_("How many steps of 10?"), most=100, help_text=_("Only where the list says: per 10 dB or per 10%.")
    )
    impairment_pct = ShareField(
        label=_("Which percentage did the doctor set?"), help_text=_("Only where the table is a range.")
    )
    function_loss_pct = ShareField(
        label=_("How much weaker has it become, in percent?"), help_text=_("Only for a loss of function.")
    )
    left_handed = forms.BooleanField(label=_("The worker is left-handed"), required=False)
    temporary_months = NumberField(
        label=_("For how many months was it impossible to work?"),
        most=MOST_TEMPORARY,
        help_text=_("Whole months. It can be added to any accident."),
    )
    medical = NumberField(label=_("Medical treatment, in rupiah"))
    home_care = NumberField(label=_("Care at home, in rupiah"))
    transport_land = NumberField(label=_("Transport by land, in rupiah"))
    transport_sea = NumberField(label=_("Transport by sea, in rupiah"))
    transport_air = NumberField(label=_("Transport by air, in rupiah"))
    rehabilitation_hearing_aid = NumberField(label=_("Hearing aid, in rupiah"))
    rehabilitation_dentures = NumberField(label=_("Dentures, in rupiah"))
    rehabilitation_glasses = NumberField(label=_("Glasses, in rupiah"))
    rehabilitation_prosthesis = NumberField(
        label=_("Orthosis or prosthesis: the price of the government hospital, in rupiah")
    )
    balances_jht = NumberField(label=_("Savings in JHT, in rupiah"), help_text=_("As BPJS shows it; it is added."))
    balances_jp = NumberField(label=_("Savings in JP, in rupiah"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in CHILDREN:
            place: dict[str, int] = {"number": number}
            words: dict[Any, Any] = {"": _("No child"), **LEVELS}
            self.fields[f"level_{number}"] = choice_field(
                words, label=_("Level of child %(number)s") % place, required=False
            )
            self.fields[f"age_{number}"] = NumberField(label=_("Age of child %(number)s") % place, most=120)

    def child_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Level and age of each child."""
        return [(self[f"level_{number}"], self[f"age_{number}"]) for number in CHILDREN]

    def cost_fields(self) -> list[forms.BoundField]:
        """What can be refunded or added."""
        return [self[name] for name in cost_names()]

    @property
    def has_costs(self) -> bool:
        """Whether the optional part was used."""
        return any(field.value() for field in self.cost_fields())

    def clean_date(self) -> Any:
        """A day of this time."""
        return in_our_time(self.cleaned_data["date"])

    def clean(self) -> dict[str, Any]:
        """What the outcome needs is there, and a child has both level and age."""
        given = self.cleaned_data
        what = What(given["what"]) if given.get("what") else None
        if "income" in given and given["income"] is None:
            self.refuse("income", _("Write the income or the wage, such as 1.000.000."))
        if what in PARTIAL and "impairment" in given:
            self._impairment(what)
        if what is What.TEMPORARY and not given.get("temporary_months", 1):
            self.refuse("temporary_months", _("Write for how many months work was impossible."))
        for number in CHILDREN:
            self._child(number)
        return given

    def _impairment(self, what: What | None) -> None:
        given = self.cleaned_data
        row = next((row for row in impairment_rows() if row["key"] == given["impairment"]), None)
        if row is None:
            self.refuse("impairment", _("Choose the part of the body."))
        elif "per" in row and given.get("impairment_units", 1) is None:
            self.refuse("impairment_units", _("Write how many steps of 10 the doctor found, such as 3."))
        elif "pct_from" in row and given.get("impairment_pct", 1) is None:
            self.refuse("impairment_pct", _("Write the percentage that the doctor set."))
        if what is What.PARTIAL_FUNCTIONAL and given.get("function_loss_pct", 1) is None:
            self.refuse("function_loss_pct", _("Write how much weaker it has become, such as 50."))

    def _child(self, number: int) -> None:
        level, age = self.cleaned_data.get(f"level_{number}"), self.cleaned_data.get(f"age_{number}")
        if level and age is None and f"age_{number}" not in self.errors:
            self.refuse(f"age_{number}", _("Write the age of this child."))
        if age is not None and not level:
            self.refuse(f"level_{number}", _("Choose where this child learns."))

    def case(self) -> dict[str, Any]:
        """The case for the law; only for a valid form."""
        given, what = self.cleaned_data, self.happened
        asked: dict[str, Any] = {
            "event": "death" if what is What.DEATH else "accident",
            "cause": "other" if what is What.DEATH else "work",
            "outcome": "death" if what is What.DEATH_AT_WORK else what.value,
            "date": f"{given['date']:%Y-%m-%d}",
            "segment": given["segment"],
            "income" if given["segment"] == Segment.BPU.value else "wage": given["income"],
            "months_of_membership": given["months_of_membership"],
            "months_contributed": given["months_contributed"],
            "children": list(self._children()),
            "balances": self._amounts("balances"),
        }
        return asked | (self._accident() if what in ACCIDENTS else {})

    @property
    def happened(self) -> What:
        """What happened; only for a valid form."""
        return What(self.cleaned_data["what"])

    def _children(self) -> Iterator[dict[str, Any]]:
        for number in CHILDREN:
            if level := self.cleaned_data[f"level_{number}"]:
                yield {"level": level, "age": self.cleaned_data[f"age_{number}"]}

    def _accident(self) -> dict[str, Any]:
        given = self.cleaned_data
        hurt = ("impairment", "impairment_units", "impairment_pct", "function_loss_pct", "left_handed")
        return {
            **(
                {name: None if given[name] == "" else given[name] for name in hurt}
                if self.happened in PARTIAL
                else {}
            ),
            "temporary_months": given["temporary_months"],
            "transport": self._amounts("transport"),
            "rehabilitation": self._amounts("rehabilitation"),
            **{name: given[name] or 0 for name in ALONE},
        }

    def _amounts(self, name: str) -> dict[str, int]:
        """The rupiah of each kind that was typed."""
        found = {kind: self.cleaned_data[_field(name, kind)] for kind in COSTS[name]}
        return {kind: amount for kind, amount in found.items() if amount}


def _field(name: str, kind: str) -> str:
    return f"{name}_{kind}".lower()


def cost_names() -> list[str]:
    """The fields of the optional part."""
    return [*ALONE, *(_field(name, kind) for name, kinds in COSTS.items() for kind in kinds)]
