"""The ground on which the other tests stand holds."""

import socket

import pytest
from django.db import connection

from salawaku.accounts.models import Role
from salawaku.regions.models import Region
from salawaku.registry.models import Occupation


def database_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text")
        return str(cursor.fetchone()[0])


def test_it_refuses_the_network():
    with pytest.raises(RuntimeError, match="no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.django_db
def test_it_works_under_the_ordinary_role():
    assert database_role() == "salawaku_app"


@pytest.mark.django_db
def test_reference_data_is_there():
    assert Region.objects.filter(level=4).count() > 80_000
    assert Role.objects.filter(pk="programme_officer").exists()
    assert Occupation.objects.filter(agency_code="dinas_perikanan").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", [1, 2])
def test_reference_data_outlives_a_transactional_test(again, sari):
    """The second run would find neither roles nor regions, or a second Sari, were the tables not kept in order."""
    assert Region.objects.count() > 90_000
    assert sari.can("intake.load")
    assert database_role() == "salawaku_app"


def test_a_client_is_the_person(client_of, sari):
    answer = client_of(sari).get("/")
    assert answer.status_code == 200
    assert answer.wsgi_request.user == sari
