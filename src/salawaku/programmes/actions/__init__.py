"""Every write of the programmes room."""

from salawaku.programmes.actions.agreement import (
    AgreementTerms,
    Document,
    agreement_change,
    agreement_document_taken,
    agreement_record,
)
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
from salawaku.programmes.actions.decree import decree_draw_up, decree_file_taken, decree_freeze, decree_ready
from salawaku.programmes.actions.programme import programme_criteria_set, programme_open
from salawaku.programmes.actions.purse import purse_ceiling_set, purse_change, purse_open
from salawaku.programmes.actions.quota import quotas_set
from salawaku.programmes.actions.renewal import programme_put_in_force, programme_renew
from salawaku.programmes.actions.seats import seats_fill, waiting_export
from salawaku.programmes.purse_terms import PurseTerms

__all__ = [
    "AgreementTerms",
    "Document",
    "Method",
    "Plan",
    "PurseTerms",
    "agreement_change",
    "agreement_document_taken",
    "agreement_record",
    "allocation_approve",
    "allocation_optimum",
    "allocation_plan",
    "allocation_propose",
    "allocation_refuse",
    "allocation_withdraw",
    "bridging_plan",
    "bridging_propose",
    "decree_draw_up",
    "decree_file_taken",
    "decree_freeze",
    "decree_ready",
    "programme_criteria_set",
    "programme_open",
    "programme_put_in_force",
    "programme_renew",
    "purse_ceiling_set",
    "purse_change",
    "purse_open",
    "quotas_set",
    "seats_fill",
    "waiting_export",
]
