"""Attacks on row-level security: each one tried to see or change a person outside the scope."""

import threading
from contextlib import nullcontext, suppress

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.test import override_settings

from salawaku.accounts import dbrole, policies
from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import Agency
from salawaku.accounts.scoping import NOTHING, Scope, apply_scope, covers, current_scope, elevated, scope
from salawaku.registry.models import Worker

PASSO, RUMAH_TIGA, MASOHI = "81.71.03.2001", "81.71.04.2003", "81.01.01.1001"


def ask(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def villages():
    return sorted(Worker.objects.values_list("village_code", flat=True))


@pytest.fixture
def people(enrol):
    """Two workers of Ambon, one of them the fishery office's, and one of another regency."""
    return [enrol(PASSO), enrol(RUMAH_TIGA, agency_code="dinas_perikanan"), enrol(MASOHI)]


class TestReading:
    def test_nobody_sees_nothing(self, people):
        assert current_scope() == NOTHING
        assert villages() == []

    def test_each_sees_the_own_region(self, people, acting, sari, rina, rina_far, agency_rina, tono, admin):
        seen = {}
        for user in (sari, rina, rina_far, agency_rina, tono, admin):
            with acting(user):
                seen[user.name] = villages()
        assert seen == {
            "Sari": [PASSO, RUMAH_TIGA],
            "Rina": [RUMAH_TIGA],
            "Rina Jauh": [MASOHI],
            "Rina OPD": [RUMAH_TIGA],
            "Tono": [],
            "Admin": [],
        }

    def test_an_underscore_is_no_wildcard(self, enrol):
        Agency.objects.create(code="dinasxperikanan", name="Lain")
        enrol(PASSO, agency_code="dinasxperikanan")
        with scope(Scope(offices=("dinas_perikanan|81.71",))):
            assert villages() == []

    @pytest.mark.parametrize("trick", ["%", "|", "|81.71", "%|81.71", "", "dinas_perikanan", "dinas_perikanan|"])
    def test_an_office_scope_is_an_agency_and_a_region(self, trick):
        with pytest.raises(ValueError, match="agency"), scope(Scope(offices=(trick,))):
            pass

    @pytest.mark.parametrize("trick", ["%", "81_71%", "8171", "81.71%|%", "{}", "NULL"])
    def test_a_region_scope_takes_no_tricks(self, people, trick):
        with scope(Scope(regions=(trick,))):
            assert villages() == []

    def test_a_row_of_the_whole_city_is_not_a_village_operators(self, enrol, acting, sari, rina):
        enrol("81.71")
        with acting(rina):
            assert villages() == []
        with acting(sari):
            assert villages() == ["81.71"]

    def test_history_is_scoped(self, people, acting, rina):
        with acting(rina):
            assert ask("SELECT village_code FROM registry_workerhistory") == [(RUMAH_TIGA,)]

    def test_copy_out_is_scoped(self, people, acting, rina):
        with acting(rina), connection.cursor() as cursor:
            for source in ("registry_worker", "(SELECT * FROM registry_worker)"):
                with cursor.copy(f"COPY {source} TO STDOUT") as copy:
                    rows = b"".join(bytes(chunk) for chunk in copy).splitlines()
                assert len(rows) == 1

    @pytest.mark.django_db(transaction=True)
    def test_a_server_side_cursor_is_scoped(self, people, acting, rina):
        with acting(rina):
            assert [worker.village_code for worker in Worker.objects.iterator(chunk_size=1)] == [RUMAH_TIGA]
            with transaction.atomic():
                rows = Worker.objects.values_list("village_code", flat=True).iterator(chunk_size=1)
                assert list(rows) == [RUMAH_TIGA]

    def test_a_closed_account_sees_nothing_at_once(self, people, client_of, acting, sari):
        browser = client_of(sari)
        assert browser.get("/").status_code == 200
        type(sari).objects.filter(pk=sari.pk).update(is_active=False)
        assert browser.get("/").status_code == 302
        sari.refresh_from_db()
        with acting(sari):
            assert villages() == []
        assert not sari.can("register.view")


class TestWriting:
    def test_it_refuses_a_row_elsewhere(self, people, acting, rina):
        with acting(rina), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Worker.objects.create(
                village_code=PASSO, nik="8171040000009999", name="x", name_key="x",
                birth_date="1980-01-01", proposed_on="2026-01-01",
            )  # fmt: skip

    def test_it_refuses_to_move_a_row_away_or_in(self, people, acting, rina):
        with acting(rina):
            assert Worker.objects.filter(village_code=PASSO).update(village_code=RUMAH_TIGA) == 0
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Worker.objects.update(village_code=PASSO)

    def test_it_deletes_and_changes_nothing_elsewhere(self, people, acting, rina):
        with acting(rina):
            assert Worker.objects.exclude(village_code=RUMAH_TIGA).update(name="x") == 0
            assert ask("DELETE FROM registry_worker WHERE village_code <> %s RETURNING 1", RUMAH_TIGA) == []

    def test_it_refuses_a_row_without_a_region(self, enrol):
        with pytest.raises(IntegrityError, match="has_region"), transaction.atomic():
            enrol("")

    @pytest.mark.parametrize(
        "sql",
        [
            "TRUNCATE registry_worker CASCADE",
            "ALTER TABLE registry_worker DISABLE ROW LEVEL SECURITY",
            "DROP POLICY in_scope ON registry_worker",
            "CREATE TABLE public.copy_of_workers AS SELECT 1",
            "CREATE VIEW public.all_workers AS SELECT * FROM registry_worker",
            "UPDATE registry_workerhistory SET name = 'x'",
            "DELETE FROM registry_workerhistory",
            "SELECT setval('registry_worker_id_seq', 1)",
            "SELECT * FROM cover_workermonth_2026",
            "INSERT INTO cover_workermonth_2026 SELECT * FROM cover_workermonth",
            "UPDATE accounts_auditevent SET actor = 'x'",
            "DELETE FROM accounts_auditevent",
            "SET row_security = off; SELECT * FROM registry_worker",
        ],
    )
    def test_the_ordinary_role_may_not(self, people, acting, sari, sql):
        with acting(sari), pytest.raises(ProgrammingError), transaction.atomic():
            ask(sql)

    def test_copy_in_is_refused(self, people, acting, sari):
        copy_in = "COPY registry_worker (village_code) FROM STDIN"
        with (
            acting(sari),
            pytest.raises(psycopg.Error, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
            cursor.copy(copy_in) as copy,
        ):
            copy.write_row([PASSO])


class TestScopeOfAConnection:
    def settings(self):
        return ask("SELECT current_user::text, current_setting('salawaku.regions', true)")[0]

    def test_it_ends_with_the_block(self, people):
        with elevated("a test"):
            assert len(villages()) == 3
        assert villages() == []

    def test_elevated_gives_a_reason(self):
        with pytest.raises(ValueError, match="reason"), elevated(""):
            pass

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("outer", [nullcontext, transaction.atomic])
    @pytest.mark.parametrize("savepoint", [True, False])
    @pytest.mark.parametrize("sql", ["SELECT 1/0", "SELECT 1"])
    def test_it_ends_with_an_exception_in_any_transaction(self, enrol, outer, savepoint, sql):
        enrol(PASSO)
        try:
            with outer(), transaction.atomic(savepoint=savepoint), elevated("a test"), transaction.atomic():
                ask(sql)
                raise ValueError
        except (DatabaseError, ValueError):
            pass
        assert villages() == []
        assert self.settings() == ("salawaku_app", "{}")

    @pytest.mark.django_db(transaction=True)
    def test_a_rollback_of_what_follows_does_not_bring_it_back(self, enrol):
        enrol(PASSO)
        with transaction.atomic():
            with elevated("a test"):
                assert len(villages()) == 1
            transaction.set_rollback(True)
        assert villages() == []

    @pytest.mark.django_db(transaction=True)
    def test_a_new_connection_in_the_middle_has_the_same_scope(self, people, acting, rina):
        with acting(rina):
            connection.close()
            assert villages() == [RUMAH_TIGA]
        connection.close()
        assert villages() == []

    @pytest.mark.django_db(transaction=True)
    def test_another_thread_has_no_scope(self, people):
        seen = []

        def look():
            seen.append((villages(), self.settings()[0]))
            connection.close()

        with elevated("a test"), as_owner():
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
        assert seen == [([], "salawaku_app")]

    @pytest.mark.django_db(transaction=True)
    def test_a_connection_that_cannot_become_ordinary_is_not_kept(self):
        connection.close()
        with override_settings(DATABASE_ROLE="no_such_role"):
            for _attempt in range(2):  # the second must not find the owner's connection of the first
                with pytest.raises(DatabaseError):
                    ask("SELECT 1")
        assert self.settings()[0] == "salawaku_app"

    @pytest.mark.django_db(transaction=True)
    def test_a_connection_that_cannot_give_the_role_back_is_not_kept(self):
        ask("SELECT 1")
        with pytest.raises(DatabaseError), override_settings(DATABASE_ROLE="no_such_role"), as_owner():
            pass
        assert self.settings()[0] == "salawaku_app"

    @pytest.mark.django_db(transaction=True)
    def test_a_connection_that_cannot_be_told_its_scope_is_not_kept(self, monkeypatch, enrol):
        enrol(PASSO)

        def fail(_cursor):
            raise DatabaseError("cut")

        with pytest.raises(DatabaseError, match="cut"), elevated("a test"):
            monkeypatch.setattr("salawaku.accounts.scoping.apply_scope", fail)
        monkeypatch.setattr("salawaku.accounts.scoping.apply_scope", apply_scope)
        assert villages() == []

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("sql", ["SELECT 1/0", "SELECT 1"])
    def test_the_owners_power_ends_with_an_exception(self, sql):
        with suppress(DatabaseError, ValueError), transaction.atomic(), as_owner():
            ask(sql)
            raise ValueError
        assert self.settings()[0] == "salawaku_app"

    def test_only_djangos_own_command_line_is_the_owner(self, monkeypatch):
        monkeypatch.setattr("sys.argv", ["/usr/bin/pytest", "test"])
        assert not dbrole.is_owner()
        monkeypatch.setattr("sys.argv", ["manage.py", "migrate"])
        assert dbrole.is_owner()

    def test_requests_leave_no_scope_behind(self, people, client_of, sari):
        client_of(sari).get("/")
        assert self.settings() == ("salawaku_app", "{}")


class TestGuard:
    def test_it_refuses_a_role_that_passes_by(self, db):
        with as_owner(), transaction.atomic():
            if ask("SELECT rolsuper FROM pg_roles WHERE rolname = session_user") == [(False,)]:
                pytest.skip("only a superuser can make such a role")
            with connection.cursor() as cursor:
                cursor.execute("CREATE ROLE salawaku_test_bypass BYPASSRLS")
            with override_settings(DATABASE_ROLE="salawaku_test_bypass"), pytest.raises(ImproperlyConfigured):
                policies.guard_tables()
            transaction.set_rollback(True)

    @pytest.mark.django_db(transaction=True)
    def test_a_new_partition_is_closed_before_and_after_the_guard(self, people, acting, sari):
        with as_owner():
            with connection.cursor() as cursor:
                cursor.execute("SELECT cover_make_partition(2050)")
            policies.guard_tables()
        with acting(sari), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ask("SELECT * FROM cover_workermonth_2050")

    @pytest.mark.django_db(transaction=True)
    def test_it_can_run_again(self, people, acting, rina):
        with as_owner():
            policies.guard_tables()
            policies.guard_tables()
        with acting(rina):
            assert villages() == [RUMAH_TIGA]


@pytest.mark.parametrize(
    ("region", "code", "inside"),
    [
        ("81.71", "81.71.03.2001", True),
        ("81.71", "81.71", True),
        ("81.71", "81.7", False),
        ("81.71", "81.710", False),
        ("81.71.03.2001", "81.71", False),
        ("", "81.71", False),
    ],
)
def test_a_region_covers_its_subtree(region, code, inside):
    assert covers(region, code) is inside
