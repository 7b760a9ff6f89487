"""The law as far as the money path needs it: contributions, the death benefit, membership clocks, due dates.

Pure: no Django, no database. Every figure has its source in `parameters`; a month or day outside a figure's
validity is an error, never a guess.

    >>> from datetime import date
    >>> contribution(date(2026, 2, 1), Payer.FOSTER, transport=True)
    8400
    >>> contribution(date(2026, 2, 1), Payer.APBD, transport=True)
    16800
"""

from salawaku.law.benefits import DeathBenefit, death_benefit
from salawaku.law.clocks import CoverClock, Status, cover_clock
from salawaku.law.contributions import Contribution, Payer, contribution, contribution_explained
from salawaku.law.due import due_date
from salawaku.law.months import add_months, first_of_month, last_of_month, month_index, months_from
from salawaku.law.parameters import (
    BURIAL_GRANT,
    DEATH_BENEFIT,
    GRACE_MONTHS,
    WAITING_MONTHS,
    WORK_DEATH_BENEFIT,
    OutsideValidityError,
    Parameter,
)

__all__ = [
    "BURIAL_GRANT",
    "DEATH_BENEFIT",
    "GRACE_MONTHS",
    "WAITING_MONTHS",
    "WORK_DEATH_BENEFIT",
    "Contribution",
    "CoverClock",
    "DeathBenefit",
    "OutsideValidityError",
    "Parameter",
    "Payer",
    "Status",
    "add_months",
    "contribution",
    "contribution_explained",
    "cover_clock",
    "death_benefit",
    "due_date",
    "first_of_month",
    "last_of_month",
    "month_index",
    "months_from",
]
