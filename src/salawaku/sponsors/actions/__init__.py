"""Every write of the sponsors room."""

from salawaku.sponsors.actions.deduction import DeductionResult, deductions_by_hand, deductions_return
from salawaku.sponsors.actions.donor import DonorTerms, donor_accept, donor_enter, donor_promise
from salawaku.sponsors.actions.leaving import Leaving, leave_preview, sponsor_leave, sponsor_move
from salawaku.sponsors.actions.matching import MatchPlan, match_keep, match_plan, match_undo
from salawaku.sponsors.actions.pledge import (
    PledgeTerms,
    pledge_accept,
    pledge_paper_taken,
    pledge_record,
    pledge_withdraw,
)
from salawaku.sponsors.actions.register import LoadResult, sponsors_load

__all__ = [
    "DeductionResult",
    "DonorTerms",
    "Leaving",
    "LoadResult",
    "MatchPlan",
    "PledgeTerms",
    "deductions_by_hand",
    "deductions_return",
    "donor_accept",
    "donor_enter",
    "donor_promise",
    "leave_preview",
    "match_keep",
    "match_plan",
    "match_undo",
    "pledge_accept",
    "pledge_paper_taken",
    "pledge_record",
    "pledge_withdraw",
    "sponsor_leave",
    "sponsor_move",
    "sponsors_load",
]
