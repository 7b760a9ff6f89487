"""What every test stands on: a real PostgreSQL under the ordinary role, the named people, no network.

Tests begin with an empty scope and see no person: `with acting(sari): ...` or `client_of(sari)` gives one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Reference data that a release ships: loaded once, never emptied between tests.
KEPT = {
    "accounts_agency",
    "accounts_role",
    "django_content_type",
    "django_migrations",
    "regions_region",
    "registry_occupation",
}

hypothesis_settings.register_profile("dev", max_examples=50, deadline=None)
hypothesis_settings.register_profile(
    "ci", max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "dev")


def _stay_at_home(event: str, args: tuple[Any, ...]) -> None:
    """Refuse connections that leave the machine."""
    if event == "socket.connect" and isinstance(args[1], tuple):
        host = str(args[1][0])
        if host not in {"localhost", "::1", ""} and not host.startswith("127."):
            raise RuntimeError(f"a test tried to reach {host}: tests have no network")


sys.addaudithook(_stay_at_home)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Make the test database as the owner, with the shipped reference data; tests use it as the ordinary role."""
    keep = django_db_keepdb and not django_db_createdb
    verbosity = request.config.option.verbose
    with django_db_blocker.unblock(), as_owner():
        made = setup_databases(verbosity=verbosity, interactive=False, keepdb=keep, serialized_aliases=[])
        _load_reference_data()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock(), as_owner():
            teardown_databases(made, verbosity=verbosity)


def _load_reference_data() -> None:
    from salawaku.accounts.actions import load_roles
    from salawaku.regions.actions import load_regions
    from salawaku.registry.actions import load_code_lists

    load_roles()
    load_code_lists()
    load_regions()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _empty_tables(_test: TransactionTestCase) -> None:
    """What a transactional test leaves behind; the ordinary role may not truncate, so the owner does."""
    with as_owner(), connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - KEPT)
        cursor.execute("SET lock_timeout = '20s'")
        cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        cursor.execute("ALTER TABLE accounts_auditevent ENABLE TRIGGER USER")
        cursor.execute("RESET lock_timeout")


TransactionTestCase._fixture_teardown = _empty_tables  # type: ignore[method-assign]


def person(email: str, name: str, *roles: tuple[str, ...]) -> User:
    """A colleague with roles as (role, region) or (role, region, agency)."""
    from salawaku.accounts.actions import role_give, user_open

    user = user_open(by=None, email=email, name=name, password="rahasia-8171")
    for role, region, *agency in roles:
        role_give(by=None, user=user, role=role, region_code=region, agency_code=agency[0] if agency else "")
    return user


@pytest.fixture
def sari(db: None) -> User:
    """Programme officer of Ambon."""
    return person("sari@ambon.example", "Sari", ("programme_officer", "81.71"))


@pytest.fixture
def budi(db: None) -> User:
    """Sari's colleague, who approves what she makes."""
    return person("budi@ambon.example", "Budi", ("programme_officer", "81.71"))


@pytest.fixture
def rina(db: None) -> User:
    """Village operator of Rumah Tiga, 81.71.04.2003: nothing of another village concerns her."""
    return person("rina@rumahtiga.example", "Rina", ("village_operator", "81.71.04.2003"))


@pytest.fixture
def rina_far(db: None) -> User:
    """Programme officer of another regency, 81.01, with every permission that Sari has."""
    return person("rina@maltengkab.example", "Rina Jauh", ("programme_officer", "81.01"))


@pytest.fixture
def agency_rina(db: None) -> User:
    """Agency officer of the fishery office of Ambon."""
    return person("rina@perikanan.example", "Rina OPD", ("agency_officer", "81.71", "dinas_perikanan"))


@pytest.fixture
def tono(db: None) -> User:
    """Can log in, has no role."""
    return person("tono@example.org", "Tono")


@pytest.fixture
def admin(db: None) -> User:
    """System administrator of Ambon: opens accounts, sees no workers."""
    return person("admin@ambon.example", "Admin", ("system_administrator", "81.71"))


@pytest.fixture
def dewi(db: None) -> User:
    """Auditor of Ambon."""
    return person("dewi@inspektorat.example", "Dewi", ("auditor", "81.71"))


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which that person is logged in: `client_of(sari).get(...)`."""

    def log_in(user: User) -> Client:
        browser = Client()
        browser.force_login(user, backend=BACKEND)
        return browser

    return log_in


@pytest.fixture
def acting() -> Callable[[User], AbstractContextManager[None]]:
    """`with acting(sari): ...` sees what Sari may see."""
    return acting_as


@pytest.fixture
def enrol(db: None) -> Callable[..., Any]:
    """A worker in the register, whatever the scope of the test: `enrol("81.71.03.2001", name="…", nik="…")`."""
    from salawaku.accounts.scoping import elevated
    from salawaku.registry.models import Worker

    def put(village_code: str, **fields: Any) -> Worker:
        number = f"817104{put.count:010d}"
        put.count += 1
        values = {
            "nik": number, "name": f"Marthen Uji {number[-4:]}", "name_key": f"marthen uji {number[-4:]}",
            "birth_date": date(1980, 3, 12), "sex": "M", "proposed_on": date(2026, 1, 5), **fields,
        }  # fmt: skip
        with elevated("tests put workers anywhere"):
            return Worker.objects.create(village_code=village_code, **values)

    put.count = 1
    return put
