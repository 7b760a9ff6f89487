"""What the page of a benefit says to the family."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from salawaku import law
from salawaku.law import Claim, Item, Level, OutsideValidityError, Segment, law_now
from salawaku.law.deaths import SCHOLARSHIP_YEARS, SHORT, WAITING
from salawaku.law.sentences import ITEMS
from salawaku.web import wording
from salawaku.web.law import asking
from salawaku.web.law.benefit_form import BenefitForm
from salawaku.web.law.reasons import Doubt, Line, Reason, doubts, once_on_paper, reasons
from salawaku.web.law.values import percent
from salawaku.web.law.words import LEVELS_SHORT, SEGMENTS_SHORT, WHATS_SHORT, What, said

MOST_REASONS_ON_PAPER = 10
DEATHS = frozenset({What.DEATH, What.DEATH_AT_WORK})


@dataclass(frozen=True)
class SchoolRow:
    """One year of the scholarships, child by child; None for a child that is paid no more."""

    year: int
    children: tuple[Mapping[str, Any] | None, ...]


@dataclass(frozen=True)
class Spell:
    """Years of one child in one level, for paper: from which year to which, and what each brings."""

    level: Promise
    first: int
    last: int
    amount: int


@dataclass(frozen=True)
class ChildPlan:
    """All years of one child: its age now, its levels, and what they come to."""

    age: int
    spells: tuple[Spell, ...]
    total: int


@dataclass(frozen=True)
class Schedule:
    """The scholarships of all children, year by year."""

    plans: tuple[ChildPlan, ...]
    rows: tuple[SchoolRow, ...]


@dataclass(frozen=True)
class Papers:
    """What to bring for one claim, and until when BPJS must pay."""

    claim: Claim
    documents: tuple[str, ...]
    pays_by: date | None


@dataclass(frozen=True)
class Wait:
    """For how many months only the burial grant is paid, and the month from which on it would have been all."""

    months: int
    full_from: date


@dataclass(frozen=True)
class BenefitPage:
    """The answer in words, lines, years and next steps."""

    sentence: str
    summary: str
    total: int
    lines: Sequence[Line]
    doubts: Sequence[Doubt]
    schedule: Schedule | None
    temporary: Sequence[Mapping[str, Any]]
    in_kind: Sequence[Reason]
    heirs: Sequence[str]
    papers: Sequence[Papers]
    today: date
    report_hours: int | None
    expires_on: date | None
    wait: Wait | None
    no_scholarship_years: int | None

    @property
    def is_long(self) -> bool:
        """Whether there is so much that paper needs the smallest type."""
        return sum(len(line.reasons) for line in self.lines) > MOST_REASONS_ON_PAPER


def benefit_page(form: BenefitForm) -> BenefitPage | None:
    """The page for what was asked; None when nothing was, or the form says what is wrong."""
    answer = asking.benefit(form)
    if answer is None:
        return None
    given, what, today = form.cleaned_data, form.happened, timezone.localdate()
    happened: date = given["date"]
    lines = _lines(answer)
    items = {line["item"] for line in answer["lines"]}
    return BenefitPage(
        said(law.Text(**answer["explanation"])),
        _summary(form),
        answer["total"],
        lines,
        doubts(lines),
        _schedule(answer.get("scholarship")),
        _by_spell(answer.get("temporary", ())),
        reasons(answer.get("in_kind", ())) if what not in DEATHS else (),
        [said(one) for one in _known(law.heirs_order, happened, otherwise=())] if what in DEATHS else [],
        list(_papers(_claims(what, items), today)),
        today,
        _known(law_now().at, "claim.jkk.report_stage1", happened) if what is not What.DEATH else None,
        _known(law.expires_on, happened) if what is not What.DEATH else None,
        _wait(lines, form),
        _missing_years(form, items),
    )


def _lines(answer: Mapping[str, Any]) -> list[Line]:
    return once_on_paper(
        Line(line["program"], said(ITEMS[Item(line["item"])]), line["amount"], reasons(line["basis"]))
        for line in answer["lines"]
    )


def _known(work: Callable[..., Any], *arguments: Any, otherwise: Any = None) -> Any:
    """What the law says on that day; `otherwise` on days of which it is silent."""
    try:
        return work(*arguments)
    except OutsideValidityError:
        return otherwise


def _summary(form: BenefitForm) -> str:
    """What was filled in, in one line; it stands for the form on paper."""
    given, what = form.cleaned_data, form.happened
    parts = [
        str(WHATS_SHORT[what]),
        wording.day(given["date"]),
        str(SEGMENTS_SHORT[Segment(given["segment"])]),
        _income(given) % {"amount": wording.rupiah(given["income"])},
    ]
    told = {
        "months_of_membership": _("member for %(count)s months"),
        "months_contributed": _("paid for %(count)s months"),
    }
    if what is What.DEATH:
        parts += [text % {"count": given[name]} for name, text in told.items() if given[name] is not None]
    if children := form.case()["children"]:
        parts.append(_("children: %(count)s") % {"count": len(children)})
    return " · ".join(parts)


def _income(given: Mapping[str, Any]) -> str:
    return _("income %(amount)s") if given["segment"] == Segment.BPU.value else _("wage %(amount)s")


def _schedule(plans: Sequence[Sequence[Mapping[str, Any]]] | None) -> Schedule | None:
    """The years side by side; children of whom nothing can be paid are left out."""
    paid = [plan for plan in plans or () if plan]
    if not paid:
        return None
    rows = tuple(_school_row(year, paid) for year in range(1, max(map(len, paid)) + 1))
    return Schedule(tuple(map(_child_plan, paid)), rows)


def _child_plan(plan: Sequence[Mapping[str, Any]]) -> ChildPlan:
    levels = [list(group) for _level, group in groupby(plan, key=lambda year: year["level"])]
    spells = tuple(
        Spell(LEVELS_SHORT[Level(years[0]["level"])], years[0]["year"], years[-1]["year"], years[0]["amount"])
        for years in levels
    )
    return ChildPlan(plan[0]["age"], spells, sum(year["amount"] for year in plan))


def _school_row(year: int, plans: Sequence[Sequence[Mapping[str, Any]]]) -> SchoolRow:
    return SchoolRow(year, tuple(_school_year(plan[year - 1]) if year <= len(plan) else None for plan in plans))


def _school_year(year: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**year, "level": LEVELS_SHORT[Level(year["level"])]}


def _by_spell(months: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Months with the same share together, with what they come to."""
    spells = [list(group) for _pct, group in groupby(months, key=lambda month: month["pct"])]
    return [
        {
            "first": spell[0]["month"],
            "last": spell[-1]["month"],
            "pct": percent(spell[0]["pct"]),
            "amount": sum(month["amount"] for month in spell),
        }
        for spell in spells
    ]


def _claims(what: What, items: set[str]) -> list[Claim]:
    claims = [Claim.JKM if what is What.DEATH else Claim.JKK]
    return [*claims, Claim.SCHOLARSHIP] if Item.SCHOLARSHIP.value in items else claims


def _papers(claims: Sequence[Claim], today: date) -> Iterator[Papers]:
    for claim in claims:
        documents = tuple(said(one) for one in _known(law.documents, claim, today, otherwise=()))
        has_deadline = claim is not Claim.SCHOLARSHIP
        yield Papers(claim, documents, _known(law.payment_deadline, claim, today) if has_deadline else None)


def _wait(lines: Sequence[Line], form: BenefitForm) -> Wait | None:
    """The waiting time that leaves only the burial grant; None when the family receives everything."""
    if not any(one.parameter == SHORT for line in lines for one in line.reasons):
        return None
    given, law_then = form.cleaned_data, law_now()
    counts, needed = law_then.at("choice.jkm.months_counted", given["date"]), law_then.at(WAITING, given["date"])
    has = given["months_of_membership" if counts == "membership" else "months_contributed"]
    return Wait(needed, law.add_months(given["date"], needed - has))


def _missing_years(form: BenefitForm, items: set[str]) -> int | None:
    """How many years of contributions the scholarship asks, where that is why the children get none."""
    if form.happened is not What.DEATH or not form.case()["children"] or Item.SCHOLARSHIP.value in items:
        return None
    needed: int | None = _known(law_now().at, SCHOLARSHIP_YEARS, form.cleaned_data["date"])
    return needed if needed and form.cleaned_data["months_contributed"] < 12 * needed else None
