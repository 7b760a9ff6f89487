"""A benefit case: from its fields to the engine and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from salawaku.law.accidents import Accident, temporary_shares
from salawaku.law.answers import answer
from salawaku.law.benefits import Benefits, accident_benefits, death_benefits, in_kind
from salawaku.law.deaths import WAITING
from salawaku.law.errors import NotAllowedError, one_of
from salawaku.law.fields import Fields, invalid
from salawaku.law.formula import Key, Line, rounding
from salawaku.law.impairments import Impairment
from salawaku.law.kinds import Cause, Event, Item, Level, Outcome, Program, Segment
from salawaku.law.money import to_rupiah
from salawaku.law.register import Register, Text, percent_text
from salawaku.law.scholarships import Child, SchoolYear, scholarship
from salawaku.law.sentences import benefit_sentence

FIELDS = frozenset(
    {
        "event", "cause", "outcome", "date", "segment", "income", "wage", "months_of_membership",
        "months_contributed", "children", "impairment", "impairment_units", "impairment_pct", "left_handed",
        "function_loss_pct", "temporary_months", "transport", "rehabilitation", "home_care", "medical",
        "balances",
    }
)  # fmt: skip
BALANCES = (Program.JHT.value, Program.JP.value)
MOST_TEMPORARY = 240


def benefit_answer(fields: Fields, law: Register) -> dict[str, Any]:
    """The answer to a case of kind "benefit". CaseError and the engine's errors."""
    day, children = fields.day("date"), _children(fields)
    outcome = _outcome(fields)
    found = _death(fields, law, day, children) if outcome is None else _accident(fields, law, day, children, outcome)
    lines = [*found.lines(), *_balances(fields)]
    total = sum(line.amount for line in lines)
    dead = outcome in {None, Outcome.DEATH}
    waiting = any(used.parameter == WAITING for line in lines for used in line.basis)
    sentence = benefit_sentence(total, lines, dead=dead, waiting=waiting)
    return answer(total, lines, "item", sentence, **_details(fields, law, day, children, found))


def _outcome(fields: Fields) -> Outcome | None:
    """How an accident ended; None for a death that is not work-related."""
    if fields.one_of("event", Event) is Event.ACCIDENT:
        return fields.one_of("outcome", Outcome)
    return Outcome.DEATH if fields.one_of("cause", Cause) is Cause.WORK else None


def _death(fields: Fields, law: Register, day: date, children: Sequence[Child]) -> Benefits:
    return death_benefits(
        day,
        segment=fields.one_of("segment", Segment),
        months_of_membership=_optional(fields, "months_of_membership"),
        months_contributed=_optional(fields, "months_contributed"),
        children=children,
        law=law,
    )


def _optional(fields: Fields, name: str) -> int | None:
    return fields.whole(name) if fields.has(name) else None


def _accident(fields: Fields, law: Register, day: date, children: Sequence[Child], outcome: Outcome) -> Benefits:
    segment = fields.one_of("segment", Segment)
    accident = Accident(
        outcome,
        impairment=_impairment(fields) if fields.has("impairment") else None,
        function_loss=fields.share("function_loss_pct") if fields.has("function_loss_pct") else None,
        temporary_months=_temporary_months(fields),
        transport=fields.amounts("transport"),
        rehabilitation=fields.amounts("rehabilitation"),
        home_care=fields.whole("home_care", 0),
        medical=fields.whole("medical", 0),
    )
    income = fields.whole("income" if segment is Segment.BPU else "wage")
    return accident_benefits(day, accident=accident, income=income, segment=segment, children=children, law=law)


def _temporary_months(fields: Fields) -> int | None:
    return fields.whole("temporary_months", most=MOST_TEMPORARY) if fields.has("temporary_months") else None


def _impairment(fields: Fields) -> Impairment:
    return Impairment(
        str(fields.raw("impairment")),
        units=fields.whole("impairment_units", most=100) if fields.has("impairment_units") else None,
        share=fields.share("impairment_pct") if fields.has("impairment_pct") else None,
        left_handed=fields.has("left_handed") and fields.raw("left_handed") is True,
    )


def _children(fields: Fields) -> tuple[Child, ...]:
    """The children, each with level and age, and the years left in the level where they are known."""
    raw = fields.raw("children") if fields.has("children") else []
    if not isinstance(raw, list) or not all(isinstance(child, dict) for child in raw):
        raise invalid(
            "children", raw, Text("daftar anak dengan level dan age", "a list of children with level and age")
        )
    return tuple(_child(Fields(child)) for child in raw)


def _child(fields: Fields) -> Child:
    left = fields.whole("years_left", most=30) if fields.has("years_left") else None
    return Child(fields.one_of("level", Level), fields.whole("age", most=120), left)


def _balances(fields: Fields) -> list[Line]:
    """What the family also receives from savings that somebody looked up: told, not computed."""
    given = fields.amounts("balances")
    if unknown := [name for name in given if name not in BALANCES]:
        raise NotAllowedError("balances", ", ".join(unknown), one_of(BALANCES))
    return [Line(Key(Program(name), Item.BALANCE), amount, ()) for name, amount in given.items()]


def _details(fields: Fields, law: Register, day: date, children: Sequence[Child], found: Benefits) -> dict[str, Any]:
    """The years of the scholarship, the months of temporary inability, and what an accident gives in kind."""
    amounts = {line.key.part: line.amount for line in found.lines()}
    details: dict[str, Any] = {}
    if amounts.get(Item.SCHOLARSHIP):
        details["scholarship"] = [_years(plan) for plan in scholarship(law, day, children).plans]
    if Item.TEMPORARY_DISABILITY in amounts:
        details["temporary"] = _by_month(law, day, fields.whole("temporary_months"), int(found.wage.flat[0]))
    if fields.one_of("event", Event) is Event.ACCIDENT and fields.raw("outcome") != Outcome.DEATH.value:
        details["in_kind"] = [rule.as_json() for rule in in_kind(law, day)]
    return details


def _years(plan: tuple[SchoolYear, ...]) -> list[dict[str, Any]]:
    return [{"year": year.year, "age": year.age, "level": year.level.value, "amount": year.amount} for year in plan]


def _by_month(law: Register, day: date, months: int, wage: int) -> list[dict[str, Any]]:
    """Month by month, rounded so that the months sum up to the line."""
    rule, paid, told = rounding(law), 0, []
    so_far = Fraction(0)
    for month, share in enumerate(temporary_shares(law, day, months), start=1):
        so_far += share * wage
        told.append({"month": month, "pct": percent_text(share), "amount": to_rupiah(so_far, rule) - paid})
        paid = to_rupiah(so_far, rule)
    return told
