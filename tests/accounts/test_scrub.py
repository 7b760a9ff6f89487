"""A copy of the database is made harmless."""

import pytest
from django.apps import apps
from django.db import connection

from salawaku.accounts.scoping import elevated
from salawaku.accounts.scrub import RULES, personal_fields, scrub_database
from salawaku.registry.models import Worker

pytestmark = pytest.mark.django_db(transaction=True)
SECRETS = ("Marthen", "Rahasia", "8171040101800001", "sari@", "Sari", "0812345")


def whole_database():
    """Every cell of every table as text."""
    with connection.cursor() as cursor, elevated("the test looks at everything"):
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {table} t")
            yield from ((table, row[0]) for row in cursor.fetchall())


def test_no_secret_is_left_in_any_table(enrol, sari, budi, client_of):
    worker = enrol(
        "81.71.03.2001", nik="8171040101800001", name="Marthen Rahasia", name_key="marthen rahasia",
        phone="0812345", address="Jl. Rahasia",
    )  # fmt: skip
    client_of(sari).get("/")
    found = {secret for secret in SECRETS for _table, row in whole_database() if secret in row}
    assert found == set(SECRETS), "the test must have something to find"

    changed = scrub_database()

    assert changed["registry_worker"] == 1
    assert changed["accounts_user"] == 2
    reference = {"regions_region", "registry_occupation", "accounts_agency"}
    left = [
        (table, row) for table, row in whole_database() if table not in reference and any(s in row for s in SECRETS)
    ]
    assert left == []
    with elevated("the test looks at everything"):
        worker = Worker.objects.get(pk=worker.pk)
    assert worker.nik.startswith("99")
    assert len(worker.nik) == 16
    assert (worker.phone, worker.birth_date.isoformat()) == ("", "1980-01-01")


def test_equal_stays_equal_and_unique_stays_unique(enrol):
    for name in ("Ana Uji", "Ana Uji", "Beta Uji"):
        enrol("81.71.03.2001", name=name)
    scrub_database()
    with elevated("the test looks at everything"):
        assert Worker.objects.values("nik").distinct().count() == 3
        assert Worker.objects.values("name").distinct().count() == 2


def test_triggers_are_back(enrol, sari):
    scrub_database()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_a_history_has_the_rules_of_its_model():
    history = apps.get_model("registry", "WorkerHistory")
    assert personal_fields(history) == personal_fields(Worker)
    assert personal_fields(Worker)["nik"] == "fake_nik"
    assert set(personal_fields(Worker).values()) <= set(RULES)
