"""Every address of the site, asked by an insider, strangers, nobody and an anonymous visitor.

The addresses are read from the resolver: a new one is tested without a word here, unless it names an object that
FIXTURES cannot supply; then the test fails and says so.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from salawaku.accounts.scoping import NOTHING, current_scope
from tests.house import exchange_world
from tests.house.world import PASSO, SECRETS, World, build

LOGIN = "/akun/login/"
# Pages that say nothing about persons and are open to all.
OPEN = {
    "healthz", "set_language", "health", "openapi-json", "api-root",
    "calculator", "law_contribution", "law_benefit", "law_register", "law_parameter",
}  # fmt: skip
# Pages that whoever has their secret address reads without log-in; they name no persons.
BY_SECRET = {"calendar_feed"}
OPEN |= BY_SECRET
# allauth guards its own pages, which show a person only the own account.
FOREIGN = ("account_", "mfa_")


class Route(NamedTuple):
    """One address as the resolver has it."""

    pattern: str
    name: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]
    parts: tuple[Any, ...]

    def __str__(self) -> str:
        return self.pattern or "/"


def walk(resolver: URLResolver, before: tuple[Any, ...] = ()) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        parts = (*before, entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, parts)
        elif isinstance(entry, URLPattern):
            names = tuple(name for part in parts for name in (*part.converters, *part.regex.groupindex))
            yield Route(
                "".join(map(str, parts)), entry.name or "", tuple(dict.fromkeys(names)), entry.callback, parts
            )


ROUTES = list(walk(get_resolver()))
OURS = [route for route in ROUTES if not route.name.startswith(FOREIGN)]
WITH_OBJECT = [route for route in OURS if route.parameters and "wilayah" not in route.pattern]
# Reference data that everybody with the permission reads alike: not an object of somebody's area.
SHARED = {"role_detail", "region_detail", "law_parameter", *BY_SECRET}

# What stands in an address, by the parameter and the first word of the route's name.
FIXTURES: dict[tuple[str, str], Callable[[World], Any]] = {
    ("public_id", "worker"): lambda world: world.worker.public_id,
    ("other_id", "worker"): lambda world: world.twin.public_id,
    ("declaration_id", "worker"): lambda world: world.declaration.public_id,
    ("public_id", "worker_event_undo"): lambda world: world.twin.public_id,
    ("event_id", "worker_event_undo"): lambda world: world.event.public_id,
    ("public_id", "merge"): lambda world: world.merge.public_id,
    ("public_id", "intake"): lambda world: world.file.public_id,
    ("row_id", "intake"): lambda world: world.row.pk,
    ("public_id", "intake_pair"): lambda world: world.pair.public_id,
    ("public_id", "programme"): lambda world: world.decree.programme.public_id,
    ("public_id", "agreement"): lambda world: world.decree.programme.agreements.get().public_id,
    ("public_id", "purse"): lambda world: world.decree.programme.purses.first().public_id,
    ("village", "programme"): lambda world: PASSO,
    ("public_id", "allocation"): lambda world: world.decree.allocation.public_id,
    ("public_id", "decree"): lambda world: world.decree.public_id,
    ("public_id", "decree_new"): lambda world: world.decree.allocation.public_id,
    ("file_id", "decree"): lambda world: _decree_file(world).public_id,
    ("public_id", "bill"): lambda world: world.bill.public_id,
    ("public_id", "order"): lambda world: world.order.public_id,
    ("public_id", "refund"): lambda world: world.letter.public_id,
    ("public_id", "reconcile"): lambda world: world.difference.reconciliation.public_id,
    ("difference_id", "reconcile"): lambda world: world.difference.pk,
    ("public_id", "months"): lambda world: world.decree.programme.purses.first().public_id,
    ("public_id", "person"): lambda world: world.people["sari"].public_id,
    ("given_id", "person"): lambda world: world.given.pk,
    ("public_id", "key"): lambda world: world.token.public_id,
    ("code", "role"): lambda world: "leader",
    ("code", "region"): lambda world: PASSO,
    ("line_id", "payment"): lambda world: world.receipt.pk,
    ("public_id", "registration"): lambda world: exchange_world.batch(world).public_id,
    ("public_id", "feedback"): lambda world: exchange_world.feedback(world).public_id,
    ("question_id", "feedback"): lambda world: exchange_world.question(world).pk,
    ("public_id", "match"): lambda world: exchange_world.match(world).public_id,
    ("parameter", "law"): lambda world: "bpu.jkm.flat",
    ("public_id", "sponsor"): lambda world: world.pledge.sponsor.public_id,
    ("public_id", "donor"): lambda world: world.promise.donor.public_id,
    ("public_id", "promise"): lambda world: world.promise.public_id,
    ("public_id", "pledge"): lambda world: world.pledge.public_id,
    ("public_id", "allocation_new"): lambda world: world.decree.programme.public_id,
    ("public_id", "notice"): lambda world: world.notice.public_id,
    ("public_id", "outbox"): lambda world: world.people["olin"].public_id,
    ("token", "calendar"): lambda world: world.calendar_secret,
}

# What must stand behind the question mark for a page to have an answer.
QUESTIONS = {"intake_blank": f"?sender={PASSO}|"}


def _decree_file(world: World) -> Any:
    from salawaku.accounts.scoping import elevated

    with elevated("a test looks for a file"):
        return world.decree.files.filter(kind="xlsx").first()


def value_of(route: Route, parameter: str, world: World) -> Any:
    for subject in (route.name, route.name.split("_")[0]):
        if (parameter, subject) in FIXTURES:
            return FIXTURES[parameter, subject](world)
    pytest.fail(f"{route}: no fixture for <{parameter}> of {route.name!r}; add one to FIXTURES")


def address(route: Route, values: dict[str, Any]) -> str:
    """The address with the parameters filled in (reverse() would need a unique name)."""
    filled = ""
    for part in route.parts:
        text = str(part)
        for name, value in values.items():
            if isinstance(part, RegexPattern) and f"(?P<{name}>" in text:
                text = text.lstrip("^").partition("(?P<")[0] + f"{value}/"
            text = re.sub(rf"<(\w+:)?{name}>", lambda _found, value=value: str(value), text)
        filled += text
    return f"/{filled}"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all routes, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def ask(world: World, who: str, method: str, url: str) -> tuple[int, bytes, str]:
    """Status, every byte of the answer and where it leads; what the request wrote is taken back."""
    with transaction.atomic():
        answer = getattr(world.browsers[who], method)(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    assert current_scope() == NOTHING
    return answer.status_code, unpacked(body), answer.get("Location", "")


@pytest.fixture(scope="module")
def seen(world: World) -> Callable[[Route], tuple[int, bytes, str]]:
    """What Sari sees at an address: asked once for all tests that look at it."""
    return cache(lambda route: ask(world, "sari", "get", filled(route, world)))


def unpacked(body: bytes) -> bytes:
    """With what is inside a workbook."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return body + b"".join(archive.read(name) for name in archive.namelist())
    return body


def filled(route: Route, world: World) -> str:
    place = address(route, {name: value_of(route, name, world) for name in route.parameters})
    return place + QUESTIONS.get(route.name, "")


METHODS = ("get", "post")
BROKEN = ("x", "0", "%00", "..%2f..", "8171049900112233", "' OR 1=1 --", "9" * 40, str(uuid4()))


@pytest.mark.parametrize("route", OURS, ids=str)
class TestEachRoute:
    def test_its_view_stands_behind_a_gate(self, route):
        if route.name not in OPEN and not route.pattern.startswith("api/"):
            assert getattr(route.view, "needs", None) is not None, "decorate the view with @needs(…)"

    @pytest.mark.parametrize("method", METHODS)
    def test_anonymous_visitors_log_in_first(self, route, method, world):
        status, body, leads_to = ask(world, "anonymous", method, filled(route, world))
        assert not any(secret in body for secret in SECRETS)
        if route.name not in OPEN:
            assert (status == 302 and leads_to.startswith(LOGIN)) or status in {401, 405}, status

    @pytest.mark.parametrize("method", METHODS)
    def test_nobody_learns_nothing(self, route, method, world):
        status, body, _leads_to = ask(world, "tono", method, filled(route, world))
        assert not any(secret in body for secret in SECRETS)
        asked = getattr(route.view, "needs", ())
        assert status in ({403, 405} if asked else {200, 204, 302, 400, 401, 403, 404, 405, 422}), status

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("who", ["rina", "rina_far"])
    def test_strangers_learn_nothing(self, route, who, method, world):
        status, body, _leads_to = ask(world, who, method, filled(route, world))
        assert not any(secret in body for secret in SECRETS)
        assert status < 500
        if route in WITH_OBJECT and route.name not in SHARED:
            assert status in {401, 403, 404, 405}, f"{status}: an object of another area answers"

    def test_the_insider_gets_an_answer(self, route, world, seen):
        answers = {who: ask(world, who, "get", filled(route, world))[0] for who in ("admin", "dewi")}
        answers["sari"] = seen(route)[0]
        assert all(status < 500 for status in answers.values()), answers
        assert {200, 302, 405} & set(answers.values()) or route.name == "api-root", answers


@pytest.mark.parametrize("route", [route for route in OURS if route.parameters], ids=str)
@pytest.mark.parametrize("who", ["sari", "admin"])
def test_a_malformed_id_is_refused(route, who, world):
    for name in route.parameters:
        for broken in BROKEN:
            values = {other: value_of(route, other, world) for other in route.parameters} | {name: broken}
            status, body, _leads_to = ask(world, who, "get", address(route, values))
            assert status in {400, 403, 404, 405, 422}, (broken, status)
            assert not any(secret in body for secret in SECRETS)


@pytest.mark.parametrize("route", [route for route in OURS if not route.parameters], ids=str)
def test_odd_questions_break_nothing(route, world):
    odd = ("cari", "search", "village", "after", "before", "setelah", "sebelum", "kind", "subject", "as_of", "page")
    for value in ("%00", "%F0%9F", "'", "9" * 40, "-1", "2026-13-45", "[]"):
        url = filled(route, world).partition("?")[0] + "?" + "&".join(f"{name}={value}" for name in odd)
        assert ask(world, "sari", "get", url)[0] < 500, url


def test_the_secrets_can_be_found(world, seen):
    """The tests above would pass on empty pages: an insider does see the marked worker, masked and whole."""
    assert sum(SECRETS[0] in seen(route)[1] for route in OURS) >= 2
    whole = ask(world, "sari", "get", f"/api/v1/workers/{world.worker.public_id}?whole_nik=true")[1]
    assert SECRETS[3] in whole


def test_lists_show_no_whole_nik(seen):
    for route in OURS:
        assert SECRETS[3] not in seen(route)[1], f"{route}: a whole NIK without a look being written down"


@pytest.mark.parametrize("route", [route for route in ROUTES if route.name in BY_SECRET], ids=str)
def test_a_secret_address_opens_with_its_secret_alone(route, world):
    for who in ("anonymous", "tono", "rina_far", "sari"):
        status, body, _leads_to = ask(world, who, "get", filled(route, world))
        assert status == 200
        assert body
        for wrong in ("x" * 43, world.calendar_secret[:-1], world.calendar_secret.swapcase()):
            assert ask(world, who, "get", address(route, {"token": wrong}))[0] == 404


def test_the_resolver_was_walked():
    names = {route.name for route in ROUTES}
    assert {"home", "people_list", "workers", "account_login"} <= names
    assert len(OURS) > 20
