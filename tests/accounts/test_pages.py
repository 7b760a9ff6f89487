"""Pages of the settings."""

import uuid

import pytest

from salawaku.accounts.actions import role_give
from salawaku.accounts.models import ApiToken, Role, User
from salawaku.regions.models import Region
from tests.regions.test_boundaries import collection, feature


class TestPeople:
    def test_it_lists_the_own_area_and_those_without_a_role(self, client_of, admin, sari, tono, rina_far):
        page = client_of(admin).get("/pengaturan/orang/").content.decode()
        assert "sari@ambon.example" in page
        assert "tono@example.org" in page
        assert "rina@maltengkab.example" not in page

    def test_it_searches_and_pages(self, client_of, admin):
        User.objects.bulk_create(User(email=f"u{n:03d}@x.example", name=f"Orang {n:03d}") for n in range(60))
        browser = client_of(admin)
        first = browser.get("/pengaturan/orang/?cari=Orang")
        assert "Orang 049" in first.content.decode()
        assert "Orang 050" not in first.content.decode()
        second = browser.get(f"/pengaturan/orang/?cari=Orang&setelah={first.context['after']}").content.decode()
        assert "Orang 050" in second
        assert "Orang 059" in second
        assert browser.get("/pengaturan/orang/?setelah=%F0").status_code == 200

    def test_it_opens_an_account_and_invites(self, client_of, admin, mailoutbox):
        browser = client_of(admin)
        assert browser.get("/pengaturan/orang/baru/").status_code == 200
        answer = browser.post("/pengaturan/orang/baru/", {"name": "Lina Uji", "email": "lina@ambon.example"})
        user = User.objects.get(email="lina@ambon.example")
        assert answer["Location"] == f"/pengaturan/orang/{user.public_id}/"
        assert [mail.to for mail in mailoutbox] == [["lina@ambon.example"]]

    def test_a_refusal_keeps_what_was_typed(self, client_of, admin, sari):
        page = client_of(admin).post("/pengaturan/orang/baru/", {"name": "Sari Dua", "email": "sari@ambon.example"})
        assert page.status_code == 200
        assert "Sari Dua" in page.content.decode()

    def test_it_gives_and_takes_a_role(self, client_of, admin, tono):
        browser, place = client_of(admin), f"/pengaturan/orang/{tono.public_id}/"
        assert "81.71.03.2001" in browser.get(f"{place}?cari=passo").content.decode()
        data = {"role": "agency_officer", "region_code": "81.71", "agency": "dinas_perikanan"}
        assert browser.post(f"{place}peran/", data).status_code == 302
        given = tono.assignments.get()
        assert (given.region_code, given.agency_code, given.given_by) == ("81.71", "dinas_perikanan", admin)
        assert browser.post(f"{place}peran/{given.pk}/ambil/").status_code == 302
        assert not tono.assignments.exists()
        assert browser.post(f"{place}peran/{given.pk}/ambil/").status_code == 404

    def test_it_refuses_a_role_elsewhere(self, client_of, admin, tono):
        data = {"role": "agency_officer", "region_code": "81.01"}
        client_of(admin).post(f"/pengaturan/orang/{tono.public_id}/peran/", data)
        assert not tono.assignments.exists()
        answer = client_of(admin).post(f"/pengaturan/orang/{tono.public_id}/peran/", {"region_code": "99"})
        assert answer.status_code == 200

    def test_it_closes_opens_and_invites(self, client_of, admin, sari, mailoutbox):
        browser, place = client_of(admin), f"/pengaturan/orang/{sari.public_id}/"
        browser.post(f"{place}tutup/", {"reason": "pindah"})
        sari.refresh_from_db()
        assert not sari.is_active
        assert "sari@ambon.example" in browser.get("/pengaturan/orang/?tutup=1").content.decode()
        assert browser.get(place).status_code == 200
        browser.post(f"{place}buka/")
        browser.post(f"{place}undang/")
        assert len(mailoutbox) == 1

    def test_people_elsewhere_do_not_exist(self, client_of, admin, rina_far):
        place = f"/pengaturan/orang/{rina_far.public_id}/"
        browser = client_of(admin)
        assert browser.get(place).status_code == 404
        for verb in ("peran/", "tutup/", "buka/", "undang/", "peran/1/ambil/"):
            assert browser.post(place + verb).status_code == 404

    def test_only_administrators(self, client_of, sari, dewi):
        for user in (sari, dewi):
            assert client_of(user).get("/pengaturan/orang/").status_code == 403


class TestRoles:
    def test_an_administrator_changes_one(self, client_of, admin):
        browser = client_of(admin)
        assert "Pimpinan" in browser.get("/pengaturan/peran/").content.decode()
        browser.post("/pengaturan/peran/leader/", {"permissions": ["cover.view"]})
        assert Role.objects.get(pk="leader").permissions == ["cover.view"]
        browser.post("/pengaturan/peran/system_administrator/", {"permissions": []})
        assert Role.objects.get(pk="system_administrator").permissions

    def test_an_auditor_reads(self, client_of, dewi):
        browser = client_of(dewi)
        assert '<form class="panel"' not in browser.get("/pengaturan/peran/leader/").content.decode()
        browser.post("/pengaturan/peran/leader/", {"permissions": []})
        assert Role.objects.get(pk="leader").permissions
        assert browser.get("/pengaturan/peran/king/").status_code == 404


class TestTrail:
    @pytest.fixture
    def events(self, admin, rina_far, tono):
        role_give(by=admin, user=tono, role="leader", region_code="81.71.03")

    def test_an_auditor_reads_the_own_region(self, client_of, dewi, events):
        page = client_of(dewi).get("/pengaturan/jejak/").content.decode()
        assert "81.71.03" in page
        assert "81.01" not in page

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=role.given&actor=admin", True), ("kind=role.taken", False), ("actor=tono", False),
            ("since=2020-01-01", True), ("until=2020-01-01", False), ("since=kemarin", True), ("sebelum=1", False),
            ("sebelum=x", True), ("sebelum=" + "9" * 40, True), ("subject=" + str(uuid.uuid4()), False),
        ],
    )  # fmt: skip
    def test_it_filters(self, client_of, dewi, events, query, found):
        page = client_of(dewi).get(f"/pengaturan/jejak/?{query}")
        assert ("81.71.03" in [event.region_code for event, *_rest in page.context["events"]]) is found

    def test_it_pages(self, client_of, dewi, admin, tono):
        for number in range(1, 6):
            for role in ("leader", "auditor", "village_operator", "finance_officer", "bpjs_officer"):
                for agency in ("", "dinas_perikanan"):
                    role_give(by=admin, user=tono, role=role, region_code=f"81.71.0{number}", agency_code=agency)
        first = client_of(dewi).get("/pengaturan/jejak/?actor=admin")
        assert len(first.context["events"]) == 50
        second = client_of(dewi).get(first.context["next_url"] or "/pengaturan/jejak/?sebelum=1")
        assert not {event.pk for event, *_ in first.context["events"]} & {e.pk for e, *_ in second.context["events"]}

    def test_looks_at_niks(self, client_of, dewi, sari, enrol):
        worker = enrol("81.71.03.2001")
        client_of(sari).get(f"/api/v1/workers/{worker.public_id}?whole_nik=true")
        page = client_of(dewi).get("/pengaturan/jejak/nik/")
        [(event, *_rest)] = page.context["events"]
        assert event.subject_id == str(worker.public_id)
        assert worker.nik not in page.content.decode()

    def test_not_for_others(self, client_of, sari):
        assert client_of(sari).get("/pengaturan/jejak/").status_code == 403


class TestKeys:
    def test_a_key_is_shown_once(self, client_of, sari, budi):
        browser = client_of(sari)
        page = browser.post("/pengaturan/kunci/", {"label": "skrip", "days": 9})
        assert page.context["key"].startswith("slw_")
        assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
        assert page.context["key"] not in browser.get("/pengaturan/kunci/").content.decode()
        token = ApiToken.objects.get()
        assert client_of(budi).post(f"/pengaturan/kunci/{token.public_id}/cabut/").status_code == 404
        assert browser.post(f"/pengaturan/kunci/{token.public_id}/cabut/").status_code == 302
        token.refresh_from_db()
        assert token.revoked_at

    def test_it_wants_a_label(self, client_of, sari):
        assert client_of(sari).post("/pengaturan/kunci/", {"label": "  ", "days": 9}).status_code == 200
        assert not ApiToken.objects.exists()


class TestRegions:
    def test_it_looks_up(self, client_of, admin):
        browser = client_of(admin)
        assert "Negeri Passo" in browser.get("/pengaturan/wilayah/?cari=passo").content.decode()
        assert "Maluku" in browser.get("/pengaturan/wilayah/").content.decode()
        assert "Kecamatan Baguala" in browser.get("/pengaturan/wilayah/81.71/").content.decode()
        assert browser.get("/pengaturan/wilayah/81.71.03.2001/").status_code == 200
        assert browser.get("/pengaturan/wilayah/81.71.99/").status_code == 404

    def test_it_imports_boundaries(self, client_of, admin, tmp_path):
        from django.core.files.uploadedfile import SimpleUploadedFile

        browser = client_of(admin)
        assert browser.get("/pengaturan/wilayah/batas/").status_code == 200
        file = SimpleUploadedFile("a.geojson", collection(feature(), feature("81.01")))
        page = browser.post("/pengaturan/wilayah/batas/", {"file": file}).content.decode()
        assert "81.01" in page
        assert Region.objects.get(pk="81.71.03.2001").boundary
        file = SimpleUploadedFile("a.geojson", collection(feature()))
        assert browser.post("/pengaturan/wilayah/batas/", {"file": file}).status_code == 302
        file = SimpleUploadedFile("a.geojson", b"PK")
        assert browser.post("/pengaturan/wilayah/batas/", {"file": file}).status_code == 200


def test_settings_show_what_one_may(client_of, admin, tono):
    assert "/pengaturan/orang/" in client_of(admin).get("/pengaturan/").content.decode()
    assert "/pengaturan/orang/" not in client_of(tono).get("/pengaturan/").content.decode()


def test_every_kind_of_event_has_words():
    from salawaku.accounts.audit import KINDS
    from salawaku.accounts.wording import KINDS as WORDS

    assert set(WORDS) == set(KINDS)
