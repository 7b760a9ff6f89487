"""People who log in, what they may do and where, and what they did."""

from salawaku.accounts.models.agency import Agency
from salawaku.accounts.models.audit import AuditEvent
from salawaku.accounts.models.role import Assignment, Role
from salawaku.accounts.models.token import ApiToken
from salawaku.accounts.models.user import User

__all__ = ["Agency", "ApiToken", "Assignment", "AuditEvent", "Role", "User"]
