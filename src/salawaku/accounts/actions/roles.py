"""Giving and taking roles, and what a role may do."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.actions.checks import may_manage, not_oneself
from salawaku.accounts.models import Agency, Assignment, Role, User
from salawaku.accounts.permissions import PERMISSIONS
from salawaku.accounts.refusal import Refused
from salawaku.accounts.roles import ROLES
from salawaku.regions.models import Region


@transaction.atomic
def load_roles() -> None:
    """Bring the shipped roles into the database, and to those that are there what this release adds to them.

    A permission comes to a role once: what an administrator took away, or gave besides, stays as it is. Reference
    data of the release, not a person's decision: `salawaku setup` runs it.
    """
    there = {role.code: role for role in Role.objects.select_for_update().filter(code__in=[s.code for s in ROLES])}
    for seed in ROLES:
        if seed.code in there:
            _add_what_is_new(there[seed.code], set(seed.permissions))
    new = [seed for seed in ROLES if seed.code not in there]
    shipped = [list(seed.permissions) for seed in new]
    Role.objects.bulk_create(
        [
            Role(**seed._asdict() | {"permissions": may, "shipped": may})
            for seed, may in zip(new, shipped, strict=True)
        ],
        ignore_conflicts=True,
    )


def _add_what_is_new(role: Role, shipped: set[str]) -> None:
    new = shipped - set(role.shipped)
    if not new:
        return
    added = new - set(role.permissions)
    role.permissions = [code for code in PERMISSIONS if code in added.union(role.permissions)]
    role.shipped = [code for code in PERMISSIONS if code in new.union(role.shipped)]
    role.save(update_fields=["permissions", "shipped"])
    if added:
        audit.record(by=None, kind="role.changed", subject=role, detail={"added": sorted(added), "removed": []})


@transaction.atomic
def role_give(*, by: User | None, user: User, role: str, region_code: str, agency_code: str = "") -> Assignment:
    """Give a role for a region subtree and, if named, one agency; giving it again changes nothing."""
    not_oneself(by, user)
    may_manage(by, [region_code])
    _must_exist(role, region_code, agency_code)
    given, is_new = Assignment.objects.get_or_create(
        user=user, role_id=role, region_code=region_code, agency_code=agency_code, defaults={"given_by": by}
    )
    if is_new:
        detail = {"role": role, "agency": agency_code}
        audit.record(by=by, kind="role.given", subject=user, detail=detail, region_code=region_code)
    user.forget_roles()
    return given


def _must_exist(role: str, region_code: str, agency_code: str) -> None:
    if not Role.objects.filter(pk=role).exists():
        raise Refused(_("There is no such role."))
    if not Region.objects.filter(pk=region_code).exists():
        raise Refused(_("There is no region with this code."))
    if agency_code and not Agency.objects.filter(pk=agency_code).exists():
        raise Refused(_("There is no agency with this code."))


@transaction.atomic
def role_take(*, by: User | None, given: Assignment) -> None:
    """Take a role away; the person's next request goes without it."""
    not_oneself(by, given.user)
    may_manage(by, [given.region_code])
    detail = {"role": given.role_id, "agency": given.agency_code}
    audit.record(by=by, kind="role.taken", subject=given.user, detail=detail, region_code=given.region_code)
    given.delete()
    given.user.forget_roles()


@transaction.atomic
def role_change(*, by: User | None, role: Role, permissions: Collection[str]) -> None:
    """Set what a role may do, for everybody who has it.

    So its changer must be administrator wherever somebody has it, and must not have it himself.
    """
    unknown = set(permissions) - set(PERMISSIONS)
    if unknown:
        raise Refused(_("There is no such permission."))
    holders = Assignment.objects.filter(role=role)
    may_manage(by, holders.values_list("region_code", flat=True).distinct())
    if by is not None and holders.filter(user=by).exists():
        raise Refused(_("You have this role yourself. Ask another administrator to change it."))
    before, after = set(role.permissions), set(permissions)
    role.permissions = [code for code in PERMISSIONS if code in after]
    role.save(update_fields=["permissions"])
    detail = {"added": sorted(after - before), "removed": sorted(before - after)}
    audit.record(by=by, kind="role.changed", subject=role, detail=detail)
