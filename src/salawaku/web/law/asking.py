"""Asks the law what a form asks; what the law refuses stands beside the field that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from salawaku.law import OutsideValidityError, Register, law_now
from salawaku.law.answer_benefits import benefit_answer
from salawaku.law.answer_contributions import contribution_answer
from salawaku.law.errors import MissingError, NotAllowedError
from salawaku.law.fields import CaseError, Fields
from salawaku.web import wording
from salawaku.web.law.benefit_form import BenefitForm
from salawaku.web.law.contribution_form import ContributionForm
from salawaku.web.law.words import said

Answer = dict[str, Any]


def contribution(form: ContributionForm) -> Answer | None:
    """What the law answers; None when the form is empty or wrong, which the form then says."""
    return _asked(form, contribution_of, "month")


def benefit(form: BenefitForm) -> Answer | None:
    """What the law answers; None when the form is empty or wrong, which the form then says."""
    return _asked(form, lambda case: benefit_answer(Fields(case), law_now()), "date")


def contribution_of(case: Mapping[str, Any], law: Register | None = None) -> Answer:
    """The answer to one case of a contribution, by the law in force or by another register."""
    return contribution_answer(Fields(case), law or law_now())


def without_reliefs() -> Register:
    """The law in force with no relief in it."""
    return Register(parameter for parameter in law_now().values() if parameter.subject != "relief")


def _asked(
    form: ContributionForm | BenefitForm, answering: Callable[[Mapping[str, Any]], Answer], when: str
) -> Answer | None:
    if not form.is_valid():
        return None
    try:
        return answering(form.case())
    except OutsideValidityError as outside:
        form.refuse(when, _outside(outside))
    except MissingError as need:
        form.refuse(need.field, _("Fill this in."))
    except NotAllowedError as refused:
        form.refuse(refused.field, _("Write %(wanted)s.") % {"wanted": said(refused.wanted)})
    except CaseError as fault:
        form.refuse(None, said(fault.message))
    return None


def _outside(outside: OutsideValidityError) -> str:
    return _("“%(what)s” is not known for %(day)s. Choose another date.") % {
        "what": said(law_now()[outside.parameter].description),
        "day": wording.day(outside.day),
    }
