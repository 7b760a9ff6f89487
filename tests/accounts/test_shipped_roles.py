"""What a newer release adds to the shipped roles, and what an administrator changed, at an upgrade."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from salawaku.accounts.actions import load_roles, role_change
from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import AuditEvent, Role
from salawaku.accounts.roles import ROLES
from salawaku.accounts.scoping import Scope, scope

pytestmark = pytest.mark.django_db
BROUGHT_BEFORE = import_module("salawaku.accounts.migrations.0004_shipped_permissions").BROUGHT_BEFORE
OFFICER = "programme_officer"


def as_of_an_older_release(*without: str) -> Role:
    """The officer's role as a release shipped it that did not know some permissions yet."""
    role = Role.objects.get(pk=OFFICER)
    role.permissions = [code for code in role.permissions if code not in without]
    role.shipped = list(role.permissions)
    role.save()
    return role


def changes() -> list[dict[str, list[str]]]:
    with scope(Scope(audit=("",))):
        found = AuditEvent.objects.filter(kind="role.changed", subject_id=OFFICER).order_by("pk")
        return list(found.values_list("detail", flat=True))


def test_a_role_remembers_what_was_shipped() -> None:
    for seed in ROLES:
        role = Role.objects.get(pk=seed.code)
        assert (role.permissions, role.shipped) == ([*seed.permissions], [*seed.permissions])


def test_a_permission_of_a_newer_release_comes_to_its_roles_once_and_leaves_a_trace() -> None:
    as_of_an_older_release("sponsor.view", "sponsor.manage")
    load_roles()
    role = Role.objects.get(pk=OFFICER)
    assert set(role.permissions) == set(role.shipped) == set(next(s for s in ROLES if s.code == OFFICER).permissions)
    assert changes() == [{"added": ["sponsor.manage", "sponsor.view"], "removed": []}]
    load_roles()
    assert len(changes()) == 1


def test_what_an_administrator_changed_stays_as_it_is_and_only_the_new_is_added() -> None:
    role = as_of_an_older_release("sponsor.view")
    kept = [code for code in role.permissions if code != "decree.sign"]
    role_change(by=None, role=role, permissions=[*kept, "audit.view"])
    load_roles()
    now = set(Role.objects.get(pk=OFFICER).permissions)
    assert now == {*kept, "audit.view", "sponsor.view"}


def test_what_an_administrator_took_away_is_not_given_back() -> None:
    role = Role.objects.get(pk=OFFICER)
    role_change(by=None, role=role, permissions=["register.view"])
    load_roles()
    assert Role.objects.get(pk=OFFICER).permissions == ["register.view"]


def test_what_an_administrator_gave_before_the_release_did_leaves_no_second_trace() -> None:
    role = as_of_an_older_release("sponsor.view")
    role_change(by=None, role=role, permissions=[*role.permissions, "sponsor.view"])
    load_roles()
    assert "sponsor.view" in Role.objects.get(pk=OFFICER).shipped
    assert len(changes()) == 1


def test_an_installation_from_before_is_read_from_its_trail() -> None:
    """An upgrade that begins to remember: what the trail shows as taken away was known before, the rest is new."""
    role = as_of_an_older_release("sponsor.view", "sponsor.manage")
    role_change(by=None, role=role, permissions=[code for code in role.permissions if code != "decree.sign"])
    Role.objects.update(shipped=[])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(BROUGHT_BEFORE)
    load_roles()
    now = set(Role.objects.get(pk=OFFICER).permissions)
    assert {"sponsor.view", "sponsor.manage"} <= now
    assert "decree.sign" not in now


def test_a_role_that_is_missing_is_made() -> None:
    Role.objects.filter(pk="leader").delete()
    load_roles()
    assert Role.objects.get(pk="leader").shipped == ["programme.view", "cover.view"]


def test_a_role_of_the_own_house_stays() -> None:
    own = Role.objects.create(code="own", name_id="Sendiri", name_en="Own", permissions=["cover.view"])
    load_roles()
    own.refresh_from_db()
    assert (own.permissions, own.shipped) == (["cover.view"], [])
