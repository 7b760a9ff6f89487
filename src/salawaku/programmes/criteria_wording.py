"""A criteria set as sentences, one for each rule that is on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from salawaku.programmes.criteria import Criteria
from salawaku.registry.models import Declaration


def told(criteria: Criteria) -> list[str]:
    """What the rule says, sentence by sentence, in the order in which it is asked."""
    return [_ages(criteria), *_register(criteria), *_declarations(criteria), *_families(criteria)]


def _ages(criteria: Criteria) -> str:
    return _("Aged %(low)d to %(high)d in the first month.") % {"low": criteria.age_min, "high": criteria.age_max}


def _register(criteria: Criteria) -> list[str]:
    found = []
    if criteria.vulnerable_only:
        found.append(_("Only with an occupation that counts as vulnerable."))
    if criteria.max_decile is not None:
        found.append(_("Only up to welfare decile %(decile)d.") % {"decile": criteria.max_decile})
    if criteria.min_decile is not None:
        found.append(_("Only from welfare decile %(decile)d on.") % {"decile": criteria.min_decile})
    if criteria.decile_known:
        found.append(_("Only with a known welfare decile."))
    return found


def _declarations(criteria: Criteria) -> list[str]:
    found = []
    if criteria.not_gravely_ill:
        found.append(_("Declared not to be gravely ill."))
    if criteria.declared_working:
        found.append(_("Declared to be working."))
    if criteria.excluded_employment:
        names = [str(Declaration.Employment(code).label) for code in criteria.excluded_employment]
        found.append(_("Nobody whose employer is: %(names)s.") % {"names": ", ".join(names)})
    if criteria.residence_months is not None:
        found.append(_("Resident for at least %(n)d months by the first month.") % {"n": criteria.residence_months})
    if criteria.assistance == "excluded":
        found.append(_("Nobody whose family receives PKH or BPNT."))
    if criteria.assistance == "required":
        found.append(_("Only those whose family receives PKH or BPNT."))
    return found


def _families(criteria: Criteria) -> list[str]:
    if not criteria.one_per_family:
        return []
    if criteria.family_known:
        return [_("One of each family card, and only with a known family card.")]
    return [_("One of each family card, the first in line.")]
