"""A criteria set: data with a version, compiled to SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts.refusal import Refusal
from salawaku.registry.models import Declaration

Failure = tuple[str, str, dict[str, Any]]
ASSISTANCE_RULES = ("", "excluded", "required")
# A family card is sixteen digits; nought is what people type where they have none.
NO_FAMILY_CARD = "(w.family_card !~ '^[0-9]{16}$' OR w.family_card ~ '^0+$')"


@dataclass(frozen=True, slots=True)
class Criteria:
    """Who may be covered; each rule is on or off, and those that are off by default stay off in older sets.

    Ages are reached on the first month, months of residence counted to it; without a decile rule welfare does not
    exclude. What only a declaration can say (registry.Declaration) needs evidence until somebody declares it.
    `assistance`: "excluded" (nobody whose family receives PKH or BPNT), "required" (only those), "" (no rule).
    """

    age_min: int = 18
    age_max: int = 64
    vulnerable_only: bool = True
    max_decile: int | None = None
    min_decile: int | None = None
    decile_known: bool = False
    residence_months: int | None = None
    assistance: str = ""
    one_per_family: bool = False
    family_known: bool = False
    excluded_employment: tuple[str, ...] = ()
    not_gravely_ill: bool = False
    declared_working: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "excluded_employment", tuple(sorted(self.excluded_employment)))
        if not 15 <= self.age_min <= self.age_max <= 80:
            raise Refusal("criteria.age", _("The ages must lie between 15 and 80, the lower one first."))
        least = 1 if self.min_decile is None else self.min_decile
        most = 10 if self.max_decile is None else self.max_decile
        if not 1 <= least <= most <= 10:
            raise Refusal("criteria.decile", _("The welfare decile is a number from 1 to 10."))
        if self.residence_months is not None and not 1 <= self.residence_months <= 120:
            raise Refusal("criteria.residence", _("The months of residence are a number from 1 to 120."))
        if self.assistance not in ASSISTANCE_RULES or not set(self.excluded_employment) <= set(
            Declaration.Employment.values
        ):
            raise Refusal("criteria.unknown", _("This criteria set has a rule that is not known here."))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Criteria:
        """Read a stored criteria set; unknown keys are refused, never ignored."""
        try:
            return cls(**data)
        except TypeError as error:
            raise Refusal("criteria.unknown", _("This criteria set has a rule that is not known here.")) from error

    def as_json(self) -> dict[str, Any]:
        """What is stored."""
        return asdict(self) | {"excluded_employment": list(self.excluded_employment)}

    def failures(self, first_month: date) -> list[Failure]:
        """Reason, SQL condition over worker `w`, occupation `o`, newest declaration `d`, parameters; in this order.

        What a declaration excludes comes before what is not known, so that nobody is sent to check in vain.
        """
        return [
            *self._ages(first_month),
            *self._declared(first_month),
            *self._registered(),
            *self._not_declared(),
        ]

    def _ages(self, first_month: date) -> list[Failure]:
        born_by, born_after = _years_before(first_month, self.age_min), _years_before(first_month, self.age_max + 1)
        return [
            ("too_young", "w.birth_date > %(born_by)s", {"born_by": born_by}),
            ("too_old", "w.birth_date <= %(born_after)s", {"born_after": born_after}),
        ]

    def _registered(self) -> list[Failure]:
        """What the register itself knows, or does not."""
        found: list[Failure] = []
        if self.vulnerable_only:
            found += [
                ("occupation_unknown", "w.occupation_id IS NULL", {}),
                ("occupation_not_vulnerable", "NOT o.vulnerable", {}),
            ]
        if self.decile_known or self.max_decile is not None or self.min_decile is not None:
            found += [("decile_unknown", "w.welfare_decile IS NULL", {})]
        if self.max_decile is not None:
            found += [("decile_too_high", "w.welfare_decile > %(max_decile)s", {"max_decile": self.max_decile})]
        if self.min_decile is not None:
            found += [("decile_too_low", "w.welfare_decile < %(min_decile)s", {"min_decile": self.min_decile})]
        return found

    def _declared(self, first_month: date) -> list[Failure]:
        """What was declared and excludes."""
        found: list[Failure] = []
        if self.not_gravely_ill:
            found += [("gravely_ill", "d.gravely_ill", {})]
        if self.declared_working:
            found += [("not_working", "NOT d.works", {})]
        if self.excluded_employment:
            excluded = {"excluded_employment": list(self.excluded_employment)}
            found += [("employment_excluded", "d.employment = ANY(%(excluded_employment)s)", excluded)]
        if self.residence_months is not None:
            since = {"lives_here_since": law.add_months(first_month, -self.residence_months)}
            found += [("residence_too_short", "d.residence_since > %(lives_here_since)s", since)]
        if self.assistance == "excluded":
            found += [("assistance_received", "cardinality(d.assistance) > 0", {})]
        if self.assistance == "required":
            found += [("assistance_missing", "cardinality(d.assistance) = 0", {})]
        return found

    def _not_declared(self) -> list[Failure]:
        """What nobody has declared yet."""
        asked = {
            "illness_unknown": (self.not_gravely_ill, "d.gravely_ill IS NULL"),
            "work_unknown": (self.declared_working, "d.works IS NULL"),
            "employment_unknown": (bool(self.excluded_employment), "coalesce(d.employment, '') = ''"),
            "residence_unknown": (self.residence_months is not None, "d.residence_since IS NULL"),
            "assistance_unknown": (bool(self.assistance), "d.assistance IS NULL"),
            "family_unknown": (self.one_per_family and self.family_known, NO_FAMILY_CARD),
        }
        return [(reason, condition, {}) for reason, (is_on, condition) in asked.items() if is_on]


def _years_before(month: date, years: int) -> date:
    return month.replace(year=month.year - years)
