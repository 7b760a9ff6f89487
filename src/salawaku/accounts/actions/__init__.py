"""Every write about people who log in: accounts, roles, keys for machines."""

from salawaku.accounts.actions.people import first_administrator, user_close, user_invite, user_open, user_reopen
from salawaku.accounts.actions.roles import load_roles, role_change, role_give, role_take
from salawaku.accounts.actions.tokens import token_make, token_revoke

__all__ = [
    "first_administrator",
    "load_roles",
    "role_change",
    "role_give",
    "role_take",
    "token_make",
    "token_revoke",
    "user_close",
    "user_invite",
    "user_open",
    "user_reopen",
]
