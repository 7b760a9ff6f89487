"""Opening accounts and giving roles."""

from __future__ import annotations

from django.db import transaction

from salawaku.accounts import audit
from salawaku.accounts.models import Assignment, Role, User
from salawaku.accounts.roles import ROLES


def load_roles() -> None:
    """Bring the shipped roles into the database; roles that an administrator changed stay as they are."""
    Role.objects.bulk_create(
        [Role(**{**seed._asdict(), "permissions": list(seed.permissions)}) for seed in ROLES],
        ignore_conflicts=True,
    )


@transaction.atomic
def user_open(*, by: User | None, email: str, name: str, password: str | None = None) -> User:
    """Open an account. `by` is None only for the first administrator, made from the command line."""
    user = User.objects.create_user(email, password, name=name)
    audit.record(by=by, kind="user.opened", subject=user)
    return user


@transaction.atomic
def role_give(*, by: User | None, user: User, role: str, region_code: str, agency_code: str = "") -> Assignment:
    """Give a role for a region subtree and, if named, one agency."""
    given, is_new = Assignment.objects.get_or_create(
        user=user, role_id=role, region_code=region_code, agency_code=agency_code
    )
    if is_new:
        detail = {"role": role, "agency": agency_code}
        audit.record(by=by, kind="role.given", subject=user, detail=detail, region_code=region_code)
    return given
