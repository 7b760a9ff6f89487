"""Files to and from BPJS and Dukcapil."""

from salawaku.exchange.models.feedback import Feedback, Question
from salawaku.exchange.models.match import MatchBatch, MatchResult
from salawaku.exchange.models.profile import FileProfile
from salawaku.exchange.models.registration import RegistrationBatch, RegistrationFile, RegistrationRow

__all__ = [
    "Feedback",
    "FileProfile",
    "MatchBatch",
    "MatchResult",
    "Question",
    "RegistrationBatch",
    "RegistrationFile",
    "RegistrationRow",
]
