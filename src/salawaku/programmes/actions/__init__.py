"""Every write of the programmes room."""

from salawaku.programmes.actions.allocation import (
    Method,
    Plan,
    allocation_approve,
    allocation_optimum,
    allocation_plan,
    allocation_propose,
    allocation_refuse,
    allocation_withdraw,
)
from salawaku.programmes.actions.bridging import bridging_plan, bridging_propose
from salawaku.programmes.actions.decree import decree_file_taken, decree_freeze
from salawaku.programmes.actions.programme import programme_criteria_set, programme_open
from salawaku.programmes.actions.purse import PurseTerms, purse_ceiling_set, purse_open
from salawaku.programmes.actions.quota import quotas_set
from salawaku.programmes.actions.renewal import programme_put_in_force, programme_renew

__all__ = [
    "Method",
    "Plan",
    "PurseTerms",
    "allocation_approve",
    "allocation_optimum",
    "allocation_plan",
    "allocation_propose",
    "allocation_refuse",
    "allocation_withdraw",
    "bridging_plan",
    "bridging_propose",
    "decree_file_taken",
    "decree_freeze",
    "programme_criteria_set",
    "programme_open",
    "programme_put_in_force",
    "programme_renew",
    "purse_ceiling_set",
    "purse_open",
    "quotas_set",
]
