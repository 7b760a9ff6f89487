"""What the page of a contribution says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from salawaku.law import Payer, Sector, Segment, Share
from salawaku.law.reliefs import EXCLUDES
from salawaku.law.sentences import SHARES
from salawaku.web import wording
from salawaku.web.law import asking
from salawaku.web.law.contribution_form import ContributionForm
from salawaku.web.law.reasons import Doubt, Line, doubts, once_on_paper, reasons
from salawaku.web.law.words import PAYERS, SECTORS_SHORT, SEGMENTS_SHORT, code, said


@dataclass(frozen=True)
class ContributionPage:
    """The answer in words and lines."""

    sentence: str
    summary: str
    total: int
    lines: Sequence[Line]
    doubts: Sequence[Doubt]
    due_on: date | None
    each: int | None
    without_relief: int | None
    is_barred: bool


def contribution_page(form: ContributionForm) -> ContributionPage | None:
    """The page for what was asked; None when nothing was, or the form says what is wrong."""
    answer = asking.contribution(form)
    if answer is None:
        return None
    case, lines = form.case(), _lines(answer, form)
    rests_on = {one.parameter for line in lines for one in line.reasons}
    return ContributionPage(
        _sentence(form, answer["total"]),
        _summary(form),
        answer["total"],
        lines,
        doubts(lines),
        date.fromisoformat(answer["due_on"]) if "due_on" in answer else None,
        _each(case),
        _without_relief(case, answer["total"], rests_on),
        EXCLUDES in rests_on,
    )


def _lines(answer: Mapping[str, Any], form: ContributionForm) -> list[Line]:
    return once_on_paper(
        Line(line["program"], _bearer(line["share"], form), line["amount"], reasons(line["basis"]))
        for line in answer["lines"]
    )


def _bearer(share: str, form: ContributionForm) -> str:
    """Who bears a line: for a participant it is whoever pays for them."""
    payer = Payer(form.cleaned_data["payer"])
    if Share(share) is Share.PARTICIPANT and payer is not Payer.SELF:
        return str(PAYERS[payer])
    return said(SHARES[Share(share)])


def _sentence(form: ContributionForm, total: int) -> str:
    given = form.cleaned_data
    named = {
        "total": wording.rupiah(total), "workers": wording.number(given["workers"]),
        "months": wording.number(given["months"]), "month": wording.month(form.first_month),
    }  # fmt: skip
    if given["segment"] == Segment.JAKON.value:
        return _of_project(given) % named
    return _of_workers(given["workers"], given["months"]) % named


def _of_project(given: Mapping[str, Any]) -> str:
    if given["contract_value"] is not None:
        return _("The contribution for this contract is %(total)s.")
    if given["months"] == 1:
        return _("The contribution of this project for %(month)s is %(total)s.")
    return _("The contribution of this project for %(months)s months from %(month)s is %(total)s.")


def _of_workers(workers: int, months: int) -> str:
    if months == 1:
        return ngettext(
            "The contribution for %(month)s is %(total)s.",
            "The contribution for %(month)s is %(total)s for %(workers)s workers.",
            workers,
        )
    return ngettext(
        "The contribution for %(months)s months from %(month)s is %(total)s.",
        "The contribution for %(months)s months from %(month)s is %(total)s for %(workers)s workers.",
        workers,
    )


def _summary(form: ContributionForm) -> str:
    """What was filled in, in one line; it stands for the form on paper."""
    given = form.cleaned_data
    segment = Segment(given["segment"])
    parts = [str(SEGMENTS_SHORT[segment]), wording.month(form.first_month), ", ".join(given["programs"])]
    return " · ".join([*parts, *_amounts(given, segment), *_relief_words(form, segment)])


def _amounts(given: Mapping[str, Any], segment: Segment) -> list[str]:
    if segment is Segment.BPU:
        return [_("income %(amount)s") % {"amount": wording.rupiah(given["income"])}]
    if segment is Segment.PU:
        risk = [code(given["risk_group"]).lower()] if given["risk_group"] else []
        return [_("wage %(amount)s") % {"amount": wording.rupiah(given["income"])}, *risk]
    if given["contract_value"] is not None:
        return [_("contract of %(amount)s") % {"amount": wording.rupiah(given["contract_value"])}]
    return [_("wages of %(amount)s") % {"amount": wording.rupiah(given["project_wages"])}]


def _relief_words(form: ContributionForm, segment: Segment) -> list[str]:
    given = form.cleaned_data
    if segment is Segment.JAKON:
        return []
    sector = str(SECTORS_SHORT[Sector(given["sector"])])
    if segment is Segment.PU:
        return [sector]
    return [sector, _("paid by: %(payer)s") % {"payer": PAYERS[Payer(given["payer"])]}]


def _each(case: Mapping[str, Any]) -> int | None:
    """What one worker costs in the first month, where more was asked."""
    if case["segment"] == Segment.JAKON.value or (case["months"] == 1 and case.get("workers", 1) == 1):
        return None
    of_one = {**case, "months": 1, "workers": 1, "employer_workers": case["employer_workers"] or case.get("workers")}
    total: int = asking.contribution_of(of_one)["total"]
    return total


def _without_relief(case: Mapping[str, Any], total: int, rests_on: set[str]) -> int | None:
    """What it would be without reliefs; None when none lowered it."""
    if not any(name.startswith("relief.") for name in rests_on):
        return None
    full: int = asking.contribution_of(case, asking.without_reliefs())["total"]
    return full if full != total else None
