"""Accounts, roles and keys: who may do what to whom, and that it leaves a trace."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from salawaku.accounts.actions import (
    first_administrator,
    role_change,
    role_give,
    role_take,
    token_make,
    token_revoke,
    user_close,
    user_invite,
    user_open,
    user_reopen,
)
from salawaku.accounts.actions.tokens import digest
from salawaku.accounts.models import ApiToken, Assignment, Role, User
from salawaku.accounts.refusal import Refused
from tests.conftest import person


def trail(kind):
    """The events of a kind, read as somebody who reads every trail."""
    from salawaku.accounts.models import AuditEvent
    from salawaku.accounts.scoping import Scope, scope

    with scope(Scope(audit=("",))):
        return list(AuditEvent.objects.filter(kind=kind).order_by("id"))


@pytest.fixture
def village_admin(db):
    return person("desa@ambon.example", "Admin Desa", ("system_administrator", "81.71.03.2001"))


class TestUserOpen:
    def test_an_administrator_opens_an_account(self, admin):
        user = user_open(by=admin, email=" Lina@Ambon.example ", name="  Lina   Uji ")
        assert (user.email, user.name, user.has_usable_password()) == ("lina@ambon.example", "Lina Uji", False)
        [event] = [event for event in trail("user.opened") if event.subject_id == str(user.public_id)]
        assert (event.actor, event.region_code) == ("Admin", "81.71")

    @pytest.mark.parametrize("email", ["", "lina", "lina@", "a b@c.example"])
    def test_it_wants_an_address(self, admin, email):
        with pytest.raises(Refused, match="e-mail"):
            user_open(by=admin, email=email, name="Lina")

    def test_it_wants_a_name(self, admin):
        with pytest.raises(Refused, match="name"):
            user_open(by=admin, email="lina@ambon.example", name="  ")

    def test_an_address_has_one_account(self, admin, sari):
        with pytest.raises(Refused, match="already"):
            user_open(by=admin, email="SARI@ambon.example", name="Sari")

    def test_others_may_not(self, sari):
        with pytest.raises(Refused, match="administrator"):
            user_open(by=sari, email="lina@ambon.example", name="Lina")


class TestUserClose:
    def test_it_ends_sight_sessions_and_keys(self, admin, sari, client_of):
        browser = client_of(sari)
        token_make(by=sari, label="skrip", days=1)
        user_close(by=admin, user=sari, reason="pindah tugas 8171040101800001")
        assert browser.get("/").status_code == 302
        assert not ApiToken.objects.filter(revoked_at=None).exists()
        assert not sari.can("register.view")
        assert trail("user.closed")[0].reason == "pindah tugas •••"

    def test_nobody_closes_himself(self, admin):
        with pytest.raises(Refused, match="own account"):
            user_close(by=admin, user=admin)

    def test_not_beyond_the_own_region(self, village_admin, sari):
        with pytest.raises(Refused, match="beyond"):
            user_close(by=village_admin, user=sari)

    def test_it_opens_again_with_a_new_invitation(self, admin, sari, rf, mailoutbox):
        user_close(by=admin, user=sari)
        with pytest.raises(Refused, match="closed"):
            user_invite(by=admin, user=sari, request=rf.get("/"))
        user_reopen(by=admin, user=sari)
        sari.refresh_from_db()
        assert sari.is_active
        assert not sari.has_usable_password()

    def test_an_invitation_goes_to_the_person_alone(self, admin, sari, client_of, mailoutbox):
        request = client_of(admin).get("/").wsgi_request
        user_invite(by=admin, user=sari, request=request)
        assert [mail.to for mail in mailoutbox] == [["sari@ambon.example"]]
        assert "/akun/password/reset/key/" in mailoutbox[0].body
        assert len(trail("user.invited")) == 1


class TestRoleGive:
    def test_an_administrator_gives_a_role_in_the_own_region(self, admin, tono):
        assert not tono.can("intake.load")
        given = role_give(by=admin, user=tono, role="village_operator", region_code="81.71.03.2001")
        again = role_give(by=admin, user=tono, role="village_operator", region_code="81.71.03.2001")
        assert given == again
        assert given.given_by == admin
        assert tono.can("intake.load")
        assert [event.region_code for event in trail("role.given") if event.actor == "Admin"] == ["81.71.03.2001"]

    @pytest.mark.parametrize("region", ["81", "81.01", "31.71", "", "%", "81.7"])
    def test_not_outside_it(self, admin, tono, region):
        with pytest.raises(Refused, match="beyond"):
            role_give(by=admin, user=tono, role="village_operator", region_code=region)

    def test_not_from_a_single_agency_to_the_whole_region(self, tono):
        office = person("opd@ambon.example", "Admin OPD", ("system_administrator", "81.71", "dinas_perikanan"))
        with pytest.raises(Refused, match="beyond"):
            role_give(by=office, user=tono, role="village_operator", region_code="81.71")

    def test_nobody_gives_himself_a_role(self, admin):
        with pytest.raises(Refused, match="own account"):
            role_give(by=admin, user=admin, role="programme_officer", region_code="81.71")

    def test_the_database_holds_that_too(self, admin):
        with pytest.raises(IntegrityError, match="assignment_by_another"), transaction.atomic():
            Assignment.objects.create(user=admin, role_id="auditor", region_code="81.71", given_by=admin)

    @pytest.mark.parametrize("code", ["81.2003", "81.7", "8171", "81.71%", "81.71.03.200x"])
    def test_the_database_wants_a_region_code(self, tono, code):
        with pytest.raises(IntegrityError, match="region_is_a_code"), transaction.atomic():
            Assignment.objects.create(user=tono, role_id="auditor", region_code=code)

    @pytest.mark.parametrize(
        ("role", "region", "agency", "message"),
        [
            ("king", "81.71", "", "role"),
            ("auditor", "81.71.99", "", "region"),
            ("agency_officer", "81.71", "dinas_x", "agency"),
        ],
    )
    def test_it_wants_what_exists(self, admin, tono, role, region, agency, message):
        with pytest.raises(Refused, match=message):
            role_give(by=admin, user=tono, role=role, region_code=region, agency_code=agency)


class TestRoleTake:
    def test_it_counts_from_the_next_request(self, admin, sari, client_of):
        role_take(by=admin, given=sari.assignments.get())
        sari.forget_roles()
        assert not sari.can("register.view")
        assert trail("role.taken")[0].detail == {"role": "programme_officer", "agency": ""}

    def test_not_beyond_the_own_region(self, village_admin, sari):
        with pytest.raises(Refused, match="beyond"):
            role_take(by=village_admin, given=sari.assignments.get())

    def test_not_from_oneself(self, admin):
        with pytest.raises(Refused, match="own account"):
            role_take(by=admin, given=admin.assignments.get())


class TestRoleChange:
    def test_it_says_what_was_added_and_removed(self, admin, rina):
        role = Role.objects.get(pk="village_operator")
        role_change(by=admin, role=role, permissions=["intake.load", "register.unmask"])
        rina.forget_roles()
        assert rina.can("register.unmask")
        assert not rina.can("cover.view")
        assert trail("role.changed")[0].detail == {
            "added": ["register.unmask"],
            "removed": ["cover.view", "register.declare", "register.view"],
        }

    def test_not_a_role_one_has(self, admin):
        with pytest.raises(Refused, match="yourself"):
            role_change(by=admin, role=Role.objects.get(pk="system_administrator"), permissions=["register.view"])

    def test_not_for_people_elsewhere(self, admin, rina_far):
        with pytest.raises(Refused, match="beyond"):
            role_change(by=admin, role=Role.objects.get(pk="programme_officer"), permissions=[])

    def test_not_an_unknown_permission(self, admin):
        with pytest.raises(Refused, match="no such permission"):
            role_change(by=admin, role=Role.objects.get(pk="auditor"), permissions=["everything"])

    def test_the_command_line_may(self, db):
        role_change(by=None, role=Role.objects.get(pk="leader"), permissions=["cover.view"])
        assert Role.objects.get(pk="leader").permissions == ["cover.view"]


class TestFirstAdministrator:
    def test_there_is_one_first(self, db):
        user = first_administrator(by=None, email="a@ambon.example", name="Ada", password="rahasia-8171")
        assert user.can_in("people.manage", "81.71.03.2001")
        with pytest.raises(Refused, match="already"):
            first_administrator(by=None, email="b@ambon.example", name="Beta", password="rahasia-8171")


class TestTokens:
    def test_only_its_hash_is_kept(self, sari):
        token, key = token_make(by=sari, label=" skrip bulanan ", days=30)
        assert key.startswith("slw_")
        assert len(key) > 40
        assert (token.label, token.digest) == ("skrip bulanan", digest(key))
        assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_apitoken t WHERE t::text LIKE %s", [f"%{key[4:]}%"])
            assert cursor.fetchone() == (0,)

    @pytest.mark.parametrize("days", [0, -1, 367])
    def test_it_ends(self, sari, days):
        with pytest.raises(Refused, match="days"):
            token_make(by=sari, label="x", days=days)

    def test_it_says_what_it_is_for(self, sari):
        with pytest.raises(Refused, match="what the key is for"):
            token_make(by=sari, label=" ", days=1)

    def test_only_its_owner_revokes_it_once(self, sari, budi):
        token, _key = token_make(by=sari, label="x", days=1)
        with pytest.raises(Refused, match="owner"):
            token_revoke(by=budi, token=token)
        token_revoke(by=sari, token=token)
        token_revoke(by=sari, token=token)
        assert len(trail("token.revoked")) == 1


def test_a_closed_account_manages_nobody(admin, tono):
    User.objects.filter(pk=admin.pk).update(is_active=False)
    admin.refresh_from_db()
    with pytest.raises(Refused, match="administrator"):
        role_give(by=admin, user=tono, role="auditor", region_code="81.71")
