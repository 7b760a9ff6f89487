"""The lines of JKK for an accident at work.

Sources: PP 44/2015 Pasal 25 with PP 82/2019 and its annexes: partial disability by the impairment table, total
disability, temporary inability month by month, caps of transport, rehabilitation and home care.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from salawaku.law.basis import Basis, basis
from salawaku.law.deaths import JKK_LUMP, flat, jkk_death_terms, scholarship_term
from salawaku.law.errors import MissingError, NotAllowedError, one_of
from salawaku.law.formula import Key, Term, Tier
from salawaku.law.impairments import Impairment, impairment
from salawaku.law.kinds import Item, Outcome, Program
from salawaku.law.register import Register
from salawaku.law.scholarships import Scholarship

TOTAL, ANATOMICAL, FUNCTIONAL = (
    f"jkk.cacat_{name}" for name in ("total_tetap", "sebagian_anatomis", "sebagian_fungsi")
)
STMB, TRANSPORT, HOME_CARE, REHABILITATION = (
    f"jkk.{name}" for name in ("stmb", "transport_cap", "home_care_cap", "rehabilitation_caps")
)
PROSTHESIS = "prosthesis"
PROSTHESIS_RATE = "prosthesis_over_government_price"


@dataclass(frozen=True, slots=True)
class Accident:
    """What happened, and what was spent on it in rupiah.

    `function_loss` is the share of function lost (0 to 1), exact. `temporary_months` are whole months of temporary
    inability, with any outcome. `rehabilitation` by aid: hearing_aid, dentures, glasses as spent; prosthesis as the
    price of the government hospital.
    """

    outcome: Outcome
    impairment: Impairment | None = None
    function_loss: Fraction | None = None
    temporary_months: int | None = None
    transport: Mapping[str, int] = field(default_factory=dict)
    rehabilitation: Mapping[str, int] = field(default_factory=dict)
    home_care: int = 0
    medical: int = 0


def accident_terms(law: Register, day: date, accident: Accident, found: Scholarship | None) -> list[Term]:
    """All lines of an accident on `day`."""
    return [
        *_outcome(law, day, accident, found),
        *_temporary(law, day, accident),
        *_capped(law, day, Item.TRANSPORT, TRANSPORT, accident.transport),
        *_capped(law, day, Item.REHABILITATION, REHABILITATION, accident.rehabilitation),
        *_capped(law, day, Item.HOME_CARE, HOME_CARE, {"cap": accident.home_care} if accident.home_care else {}),
        *_medical(law, day, accident),
    ]


def _outcome(law: Register, day: date, accident: Accident, found: Scholarship | None) -> list[Term]:
    if accident.outcome is Outcome.DEATH:
        return jkk_death_terms(law, day, found)
    if accident.outcome is Outcome.TOTAL_DISABILITY:
        rule = law.at(TOTAL, day)
        lines = [
            _disability(rule["share"] * rule["wage_multiple"], (basis(law, TOTAL, day, pick=rule["text"]),)),
            flat(law, Program.JKK, Item.PERIODIC_LUMP, JKK_LUMP, day),
        ]
        return [*lines, scholarship_term(Program.JKK, found)] if found else lines
    if accident.outcome is Outcome.TEMPORARY:
        if accident.temporary_months is None:
            raise MissingError("temporary_months")
        return []
    return [_partial(law, day, accident)]


def _partial(law: Register, day: date, accident: Accident) -> Term:
    if accident.impairment is None:
        raise MissingError("impairment")
    functional = accident.outcome is Outcome.PARTIAL_FUNCTIONAL
    if functional and accident.function_loss is None:
        raise MissingError("function_loss_pct")
    name = FUNCTIONAL if functional else ANATOMICAL
    rule = law.at(name, day)
    share, row = impairment(law, day, accident.impairment)
    lost = accident.function_loss if functional and accident.function_loss is not None else Fraction(1)
    return _disability(lost * share * rule["wage_multiple"], (basis(law, name, day, pick=rule["text"]), row))


def _disability(rate: Fraction, found: tuple[Basis, ...]) -> Term:
    return Term(Key(Program.JKK, Item.DISABILITY_GRANT), found, tiers=(Tier(0, rate),))


def _temporary(law: Register, day: date, accident: Accident) -> list[Term]:
    if not accident.temporary_months:
        return []
    rate = sum(temporary_shares(law, day, accident.temporary_months), Fraction(0))
    key = Key(Program.JKK, Item.TEMPORARY_DISABILITY)
    return [Term(key, (basis(law, STMB, day, pick=_stmb_text(law, day)),), tiers=(Tier(0, rate),))]


def temporary_shares(law: Register, day: date, months: int) -> list[Fraction]:
    """Which share of the wage each month of temporary inability brings, from the first."""
    rows = law.at(STMB, day)
    return [
        next(row["pct"] for row in reversed(rows) if month >= row["from_month"]) for month in range(1, months + 1)
    ]


def _stmb_text(law: Register, day: date) -> tuple[Any, ...]:
    return tuple({f"{row['from_month']}-{row['to_month'] or ''}": row["pct"]} for row in law.at(STMB, day))


def _capped(law: Register, day: date, item: Item, name: str, spent: Mapping[str, int]) -> list[Term]:
    """What was spent, each kind up to its cap; kinds add up."""
    if not spent:
        return []
    caps = law.at(name, day)
    paid = {kind: _up_to_cap(item, caps, kind, amount) for kind, amount in spent.items()}
    found = tuple(basis(law, name, day, pick=_cap_text(caps, kind)) for kind in spent)
    return [Term(Key(Program.JKK, item), found, flat=sum(paid.values(), Fraction(0)))]


def _up_to_cap(item: Item, caps: Mapping[str, Any], kind: str, amount: int) -> Fraction:
    if kind == PROSTHESIS and PROSTHESIS_RATE in caps:
        return amount * Fraction(caps[PROSTHESIS_RATE])
    if kind not in caps or kind == PROSTHESIS_RATE:
        known = [PROSTHESIS if name == PROSTHESIS_RATE else name for name in caps]
        raise NotAllowedError(item.value, kind, one_of(known))
    return Fraction(min(amount, caps[kind]))


def _cap_text(caps: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {kind: caps[PROSTHESIS_RATE if kind == PROSTHESIS else kind]}


def _medical(law: Register, day: date, accident: Accident) -> list[Term]:
    """Medical care has no ceiling: what it cost."""
    if not accident.medical:
        return []
    rule = (basis(law, "jkk.medical_care", day),)
    return [Term(Key(Program.JKK, Item.MEDICAL), rule, flat=Fraction(accident.medical))]
