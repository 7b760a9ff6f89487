"""The machine interface: the same people see the same things as on the pages."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from salawaku.accounts.actions import token_make, token_revoke, user_close
from salawaku.accounts.models import ApiToken, AuditEvent
from salawaku.accounts.scoping import acting_as, current_scope

PASSO, RUMAH_TIGA, MASOHI = "81.71.03.2001", "81.71.04.2003", "81.01.01.1001"


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()


@pytest.fixture
def people(enrol):
    return [enrol(PASSO, name="Ana Uji"), enrol(RUMAH_TIGA, name="Beta Uji"), enrol(MASOHI, name="Cita Uji")]


def with_key(user, *, key=None):
    key = key or token_make(by=user, label="uji", days=1)[1]
    return Client(headers={"Authorization": f"Bearer {key}"})


def names(answer):
    assert answer.status_code == 200, answer.content
    return [worker["name"] for worker in answer.json()["workers"]]


def test_health_needs_nobody(client, db):
    assert client.get("/api/v1/health").json() == {"status": "ok"}


def test_it_describes_itself(client, db):
    described = client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/health", "/api/v1/regions", "/api/v1/regions/{code}", "/api/v1/workers",
        "/api/v1/workers/{public_id}", "/api/v1/coverage",
    }  # fmt: skip
    open_to_all = [path for path, verbs in described["paths"].items() if not verbs["get"].get("security")]
    assert open_to_all == ["/api/v1/health"]


@pytest.mark.parametrize("door", ["session", "key"])
class TestWorkers:
    def browser(self, door, user, client_of):
        return client_of(user) if door == "session" else with_key(user)

    def test_each_sees_the_own_area(self, door, people, client_of, sari, rina, rina_far):
        seen = {
            user.name: names(self.browser(door, user, client_of).get("/api/v1/workers"))
            for user in (sari, rina, rina_far)
        }
        assert seen == {"Sari": ["Ana Uji", "Beta Uji"], "Rina": ["Beta Uji"], "Rina Jauh": ["Cita Uji"]}

    def test_others_are_refused(self, door, people, client_of, tono, admin):
        for user in (tono, admin):
            assert self.browser(door, user, client_of).get("/api/v1/workers").status_code == 403

    def test_a_stranger_finds_no_worker(self, door, people, client_of, rina):
        browser = self.browser(door, rina, client_of)
        assert browser.get(f"/api/v1/workers/{people[0].public_id}").status_code == 404
        assert browser.get(f"/api/v1/workers/{uuid.uuid4()}").status_code == 404
        assert browser.get("/api/v1/workers/817104").status_code == 422

    def test_the_nik_is_masked(self, door, people, client_of, sari, rina):
        worker = people[1]
        browser = self.browser(door, sari, client_of)
        assert worker.nik not in browser.get("/api/v1/workers").content.decode()
        assert browser.get(f"/api/v1/workers/{worker.public_id}").json()["nik"] == "8171••••••••0002"
        village = self.browser(door, rina, client_of)
        assert village.get(f"/api/v1/workers/{worker.public_id}?whole_nik=true").status_code == 403

    def test_a_whole_nik_is_written_down(self, door, people, client_of, sari):
        browser = self.browser(door, sari, client_of)
        answer = browser.get(f"/api/v1/workers/{people[0].public_id}?whole_nik=true")
        assert answer.json()["nik"] == people[0].nik
        with acting_as(sari):
            event = AuditEvent.objects.get(kind="nik.unmasked")
        assert (event.actor, event.subject_id) == ("Sari", str(people[0].public_id))


def test_pages_by_key(enrol, client_of, sari):
    for number in range(60):
        enrol(PASSO, name=f"Uji {number:02d}", name_key=f"uji {number:02d}")
    browser = client_of(sari)
    first = browser.get("/api/v1/workers").json()
    second = browser.get(f"/api/v1/workers?after={first['next']}").json()
    shown = [worker["name"] for worker in first["workers"] + second["workers"]]
    assert shown == [f"Uji {number:02d}" for number in range(60)]
    assert second["next"] is None


def test_it_filters(people, client_of, sari):
    assert names(client_of(sari).get(f"/api/v1/workers?village={PASSO}")) == ["Ana Uji"]
    assert names(client_of(sari).get("/api/v1/workers?status=died")) == []


class TestKeys:
    def test_it_opens_no_page(self, sari):
        assert with_key(sari).get("/").status_code == 302

    @pytest.mark.parametrize("header", ["Bearer slw_wrong", "Bearer ", "bearer x", "Basic eA==", "slw_x", "Bearer"])
    def test_a_wrong_key_is_nobody(self, header, people):
        assert Client(headers={"Authorization": header}).get("/api/v1/workers").status_code == 401

    def test_a_wrong_key_does_not_fall_back_on_the_session(self, people, client_of, sari):
        browser = client_of(sari)
        assert browser.get("/api/v1/workers", headers={"Authorization": "Bearer slw_wrong"}).status_code == 401

    def test_it_ends(self, sari, admin, people):
        expired, revoked, closed = (token_make(by=sari, label="uji", days=1) for _ in range(3))
        assert with_key(sari, key=closed[1]).get("/api/v1/workers").status_code == 200
        long_ago = timezone.now() - timedelta(days=9)
        ApiToken.objects.filter(pk=expired[0].pk).update(created_at=long_ago, expires_at=long_ago + timedelta(days=1))
        token_revoke(by=sari, token=revoked[0])
        for _token, key in (expired, revoked):
            assert with_key(sari, key=key).get("/api/v1/workers").status_code == 401
        user_close(by=admin, user=sari)
        assert with_key(sari, key=closed[1]).get("/api/v1/workers").status_code == 401

    def test_it_says_when_it_was_used(self, sari, people):
        token, key = token_make(by=sari, label="uji", days=1)
        with_key(sari, key=key).get("/api/v1/workers")
        with_key(sari, key=key).get("/api/v1/workers")
        token.refresh_from_db()
        assert token.last_used_on == timezone.localdate()

    def test_guessing_is_slowed_down(self, sari, people):
        good = with_key(sari)
        for _try in range(19):
            assert with_key(sari, key="slw_wrong").get("/api/v1/workers").status_code == 401
        assert with_key(sari, key="slw_wrong").get("/api/v1/workers").status_code == 429
        assert good.get("/api/v1/workers").status_code == 429
        cache.clear()
        assert good.get("/api/v1/workers").status_code == 200

    def test_no_scope_is_left_behind(self, sari, people):
        with_key(sari).get("/api/v1/workers")
        assert current_scope() == ((), (), ())


class TestRegions:
    def test_children_and_search(self, client_of, tono):
        browser = client_of(tono)
        assert len(browser.get("/api/v1/regions").json()) == 38
        assert [row["name"] for row in browser.get("/api/v1/regions?search=passo&within=81.71").json()] == ["Passo"]
        assert browser.get("/api/v1/regions/81.71.03.2001").json()["kind"] == "negeri"
        assert browser.get("/api/v1/regions/81.71.99").status_code == 404

    def test_not_for_anonymous(self, client, db):
        assert client.get("/api/v1/regions").status_code == 401


class TestCoverage:
    def test_each_sees_the_own_villages(self, people, client_of, sari, rina):
        answer = client_of(rina).get("/api/v1/coverage?as_of=2026-03-01").json()
        assert answer["as_of"] == "2026-03-01"
        assert [(row["village_code"], row["covered"], row["registered"]) for row in answer["villages"]] == [
            (RUMAH_TIGA, 0, 1)
        ]
        assert len(client_of(sari).get("/api/v1/coverage").json()["villages"]) == 2

    def test_it_wants_a_day(self, client_of, sari):
        assert client_of(sari).get("/api/v1/coverage?as_of=kemarin").status_code == 422

    def test_a_day_before_the_rules_are_known_is_refused(self, client_of, sari):
        answer = client_of(sari).get("/api/v1/coverage?as_of=2021-01-01")
        assert answer.status_code == 422
        assert "max_catch_up_months is not known for 2021-01-01" in answer.json()["detail"]
