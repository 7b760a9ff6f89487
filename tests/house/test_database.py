"""The database keeps the house even where no model speaks: every table, view and function is looked at."""

import pytest
from django.db import connection

from salawaku.accounts.policies import scoped_tables

# Tables without persons of the register. Whoever adds one says here that it holds none.
WITHOUT_PERSONS = {
    "account_emailaddress", "account_emailconfirmation", "accounts_agency", "accounts_apitoken",
    "accounts_assignment", "accounts_role", "accounts_user", "auth_group", "auth_group_permissions",
    "auth_permission", "axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog",
    "axes_accesslog", "django_content_type", "django_migrations", "django_session", "mfa_authenticator",
    "pghistory_context", "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers",
    "procrastinate_workers", "regions_region", "registry_occupation", "django_site",
    "cover_orderbill", "cover_paymentorder", "cover_refundletter",
    "intake_columnmapping", "intake_progress",
    "programmes_agreement", "programmes_agreementhistory", "programmes_agreementquota",
    "programmes_agreementquotahistory", "programmes_allocation", "programmes_criteria", "programmes_criteriaset",
    "programmes_decree", "programmes_freezing",
    "programmes_programme", "programmes_purse", "programmes_quota", "cover_bill", "cover_payment",
    "cover_paymentline", "cover_reconciliation", "programmes_programmehistory", "programmes_pursehistory",
    "exchange_feedback", "exchange_fileprofile", "exchange_matchbatch", "exchange_registrationbatch",
    "notices_notice", "notices_noticepreference", "notices_noticerun", "notices_calendarfeed",
}  # fmt: skip


def rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {row[0]: row[1:] for row in cursor.fetchall()}


TABLES = """
SELECT relname, relrowsecurity, relforcerowsecurity, relispartition,
       has_table_privilege('salawaku_app', oid, 'SELECT')
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""


@pytest.mark.django_db
def test_every_table_is_guarded_or_without_persons():
    tables = rows(TABLES)
    open_tables = {name for name, (guarded, *_rest) in tables.items() if not guarded}
    assert open_tables - WITHOUT_PERSONS == set()
    assert set(scoped_tables()) <= set(tables)
    assert WITHOUT_PERSONS & set(scoped_tables()) == set()


@pytest.mark.django_db
def test_guarded_tables_have_a_policy_also_for_their_owner():
    tables = rows(TABLES)
    policies = rows("SELECT tablename, array_agg(policyname::text) FROM pg_policies GROUP BY 1")
    for name in scoped_tables():
        assert tables[name][1], f"{name}: not forced"
        assert policies[name] == (["in_scope"],), name


@pytest.mark.django_db
def test_partitions_are_closed():
    partitions = {name: may for name, (*_rest, is_part, may) in rows(TABLES).items() if is_part}
    assert partitions, "the ledger has partitions"
    assert not any(partitions.values())


@pytest.mark.django_db
def test_no_view_passes_by_the_policies():
    views = rows(
        "SELECT relname, coalesce(reloptions::text, ''), relkind::text FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
    )
    loose = [name for name, (options, kind) in views.items() if kind == "m" or "security_invoker=true" not in options]
    assert loose == []


@pytest.mark.django_db
def test_no_function_of_ours_runs_with_its_owners_power():
    assert not rows("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")


@pytest.mark.django_db
def test_the_ordinary_role_owns_nothing_and_passes_by_nothing():
    role = rows("SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles")
    assert not any(role["salawaku_app"])
    assert not rows("SELECT relname FROM pg_class WHERE relowner = 'salawaku_app'::regrole AND relpersistence <> 't'")


@pytest.mark.django_db
def test_no_function_sets_the_scope_in_its_head():
    """Only a superuser may write that, and the owner named in DATABASE_URL need not be one."""
    heads = rows("SELECT oid, proname FROM pg_proc WHERE array_to_string(proconfig, ' ') LIKE '%%salawaku.%%'")
    assert heads == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO cover_workermonth (worker_id) SELECT worker_id FROM cover_workermonth WHERE false",
        "UPDATE cover_workermonth SET amount = amount WHERE false",
        "DELETE FROM cover_workermonth WHERE false",
    ],
)
def test_checks_of_the_ledger_put_the_scope_back(acting, sari, statement):
    with acting(sari), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SELECT current_setting('salawaku.regions')")
        assert cursor.fetchone() == ("{81.71}",)
