"""Every page of intake: an insider, a stranger, somebody without a role, nobody, and addresses that are none."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from salawaku.accounts.scoping import elevated
from salawaku.intake.models import ListRow, Pair
from salawaku.registry.models import Worker
from tests.intake.people import people, person

pytestmark = pytest.mark.django_db

FILE_PAGES = ("", "kolom/", "sahkan/", "tarik/", "periksa/")
FILE_DEEDS = ("ulang/", "tandai/", "kolom/", "sahkan/", "tarik/")
HOUSE_PAGES = ("", "periksa/", "format/?sender=81.71|")


def test_every_route_is_tried_here() -> None:
    found = {
        str(route.pattern)
        for resolver in get_resolver().url_patterns
        if str(resolver.pattern) == "daftar/"
        for route in resolver.url_patterns
    }
    file, row, pair = "<uuid:public_id>/", "<uuid:public_id>/baris/<int:row_id>/", "pasangan/<uuid:public_id>/"
    known = {"", "kirim/", "periksa/", "format/", f"{file}kemajuan/", row, f"{row}nik/", pair, f"{pair}nik/"}
    assert found == known | {f"{file}{page}" for page in (*FILE_PAGES, *FILE_DEEDS)}


@pytest.mark.parametrize("page", HOUSE_PAGES)
def test_pages_of_the_house(client_of, sari, tono, admin, page) -> None:
    assert client_of(sari).get(f"/daftar/{page}").status_code == 200
    assert client_of(tono).get(f"/daftar/{page}").status_code == 403
    assert client_of(admin).get(f"/daftar/{page}").status_code == 403
    assert Client().get(f"/daftar/{page}").headers["Location"].startswith("/akun/login/")


@pytest.mark.parametrize("page", FILE_PAGES)
def test_pages_of_a_list_are_for_insiders(client_of, sari, rina_far, tono, checked, page) -> None:
    file = checked(sari, people(1, 2))
    address = f"/daftar/{file.public_id}/{page}"
    assert client_of(sari).get(address).status_code == 200
    assert client_of(rina_far).get(address).status_code == 404
    assert client_of(tono).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client_of(sari).get(f"/daftar/{uuid4()}/{page}").status_code == 404
    assert client_of(sari).get(f"/daftar/nonsense/{page}").status_code == 404


@pytest.mark.parametrize("page", FILE_DEEDS)
def test_deeds_on_a_list_are_for_insiders(client_of, sari, rina_far, tono, checked, page) -> None:
    file = checked(sari, people(1, 2))
    address = f"/daftar/{file.public_id}/{page}"
    assert client_of(rina_far).post(address).status_code == 404
    assert client_of(tono).post(address).status_code == 403
    assert Client().post(address).status_code == 302
    with elevated("the test looks at everything"):
        assert not Worker.objects.exists()
    assert client_of(sari).get(f"/daftar/{file.public_id}/").context["file"].status == "checked"


@pytest.mark.parametrize("page", ["ulang/", "tandai/"])
def test_deeds_are_not_done_by_looking(client_of, sari, checked, page) -> None:
    file = checked(sari, people(1, 1))
    assert client_of(sari).get(f"/daftar/{file.public_id}/{page}").status_code == 405


def test_a_row_is_for_insiders(client_of, sari, rina_far, tono, checked) -> None:
    file = checked(sari, [person(9, NIK="81710312")])
    other = checked(sari, people(1, 1))
    with elevated("the test looks at everything"):
        row, elsewhere = ListRow.objects.get(file=file), ListRow.objects.get(file=other)
    for page in ("", "nik/"):
        address = f"/daftar/{file.public_id}/baris/{row.pk}/{page}"
        assert client_of(sari).post(address).status_code == 200
        assert client_of(rina_far).post(address).status_code == 404
        assert client_of(tono).post(address).status_code == 403
        assert Client().post(address).status_code == 302
        assert client_of(sari).post(f"/daftar/{file.public_id}/baris/{elsewhere.pk}/{page}").status_code == 404
        assert client_of(sari).get(f"/daftar/{file.public_id}/baris/x/{page}").status_code == 404


def test_a_pair_is_for_those_who_decide_there(client_of, sari, rina, rina_far, tono, confirmed, checked) -> None:
    confirmed(sari, people(30, 30))
    checked(sari, [person(30, Nama="Abner Talakua")])
    with elevated("the test looks at everything"):
        pair = Pair.objects.get()
    for page in ("", "nik/"):
        address = f"/daftar/pasangan/{pair.public_id}/{page}"
        assert client_of(rina_far).post(address).status_code == 404
        assert client_of(tono).post(address).status_code == 403
        assert client_of(rina).post(address).status_code == 403
        assert Client().post(address).status_code == 302
        assert client_of(sari).post(f"/daftar/pasangan/{uuid4()}/{page}").status_code == 404
    assert client_of(sari).get(f"/daftar/pasangan/{pair.public_id}/").status_code == 200
    with elevated("the test looks at everything"):
        pair.refresh_from_db()
    assert pair.decision == ""


def test_a_village_operator_sees_the_own_lists_only(client_of, sari, rina, checked) -> None:
    own = checked(rina, people(1, 2), village="81.71.04.2003")
    other = checked(sari, people(10, 12))
    page = client_of(rina).get("/daftar/").text
    assert str(own.public_id) in page
    assert str(other.public_id) not in page
    assert client_of(rina).get(f"/daftar/{other.public_id}/").status_code == 404
    assert client_of(rina).post(f"/daftar/{own.public_id}/sahkan/").status_code == 403
    assert "/sahkan/" not in client_of(rina).get(f"/daftar/{own.public_id}/").text


def test_a_confirmed_list_is_taken_back_only_by_who_may_confirm(client_of, sari, rina, confirmed) -> None:
    file = confirmed(sari, people(1, 2), village="81.71.04.2003")
    assert client_of(rina).post(f"/daftar/{file.public_id}/tarik/", {"reason": "x"}).status_code == 403
    assert client_of(sari).post(f"/daftar/{file.public_id}/tarik/", {"reason": "daftar lama"}).status_code == 302
    with elevated("the test looks at everything"):
        assert not Worker.objects.exists()


@pytest.mark.parametrize("query", ["?tab=x&code=y&after=z", "?after=-1", f"?after={9**20}", "?tab=review"])
def test_odd_queries_are_read_as_none(client_of, sari, checked, query) -> None:
    file = checked(sari, people(1, 2))
    assert client_of(sari).get(f"/daftar/{file.public_id}/{query}").status_code == 200


@pytest.mark.parametrize("query", ["?before=x", f"?before={uuid4()}", "?status=x", "?sender=x|y", "?status=checked"])
def test_odd_filters_are_left_out(client_of, sari, checked, query) -> None:
    checked(sari, people(1, 2))
    assert client_of(sari).get(f"/daftar/{query}").status_code == 200


def test_no_number_or_name_of_a_person_stands_in_an_address(client_of, sari, confirmed, checked) -> None:
    confirmed(sari, people(30, 30))
    file = checked(sari, [*people(1, 2), person(9, NIK="81710312"), person(30, Nama="Abner Talakua")])
    browser = client_of(sari)
    tabs = [f"/daftar/{file.public_id}/?tab={tab}" for tab in ("rejected", "accepted")]
    secret = ("81710312", person(1)["NIK"], "Abner", person(1)["Nama"].split()[0])
    for page in ("/daftar/", "/daftar/periksa/", *tabs):
        text = browser.get(page).text
        addresses = " ".join(part.split('"')[0] for part in text.split('href="')[1:] + text.split('action="')[1:])
        assert not [word for word in secret if word in addresses]
