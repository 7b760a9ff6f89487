"""Writing in the exchange room."""

from salawaku.exchange.actions.feedback import FeedbackResult, feedback_import
from salawaku.exchange.actions.match import MatchFile, match_export, match_import, match_looked_at
from salawaku.exchange.actions.profile import profile_set
from salawaku.exchange.actions.question import question_settle
from salawaku.exchange.actions.registration import registration_fetch, registration_precheck, registration_send

__all__ = [
    "FeedbackResult",
    "MatchFile",
    "feedback_import",
    "match_export",
    "match_import",
    "match_looked_at",
    "profile_set",
    "question_settle",
    "registration_fetch",
    "registration_precheck",
    "registration_send",
]
