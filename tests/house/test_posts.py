"""Junk posted to every address that takes a post: never a fault, never a person's data to whoever may not see it.

Which fields an address reads is taken from the forms and the code of its view's module, and from the forms that the
pages show: a new field is tested without a word here. Each is junk once while all others are plausible, so that the
junk comes as far as it can.
"""

from __future__ import annotations

import html
import inspect
import re
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.conftest import BACKEND, person
from tests.house.test_routes import OURS, Route, filled, unpacked, world
from tests.house.world import NIK, PASSO, SECRETS, World

__all__ = ["world"]

JUNK: tuple[Any, ...] = (
    "", "x", "\x00", "a\x00b", "9" * 40, "-1", "1e9", "²", "2026-13-45", "0000-00-00", "9999-12", "' OR 1=1 --",
    "<script>", "😀" * 300, "x" * 5_000, str(uuid4()), ["1", "x", "\x00"], ["", ""], "[]", '{"a": 1}',
    "true", "81.71.03.2001|", "NaN", "1,5", "99.99.99.9999",
)  # fmt: skip
pytestmark = pytest.mark.slow
FILES = (
    ("x.xlsx", b""), ("x.xlsx", b"PK\x03\x04junk"), ("a\x00b.csv", b"\x00\x01\x02"), ("x.pdf", b"%PDF-"),
    ("x" * 300 + ".csv", b"resi;jumlah\n;\n\x00;-1\n"), ("x.png", b"\x89PNG\r\n\x1a\n"),
)  # fmt: skip
READ = re.compile(r"""(?:POST|data|asked)(?:\.get(?:list)?\(|\[)\s*["'](\w+)["']|["'](\w+)["'] in request\.POST""")
MOST_ALONE = 16  # a page of a hundred rows has each field a hundred times
TOKEN = "csrfmiddlewaretoken"
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'action="([^"]+)"')
FIELD = re.compile(r'(<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"[^>]*>)')
VALUE = re.compile(r'\bvalue="([^"]*)"')
# Show or hand out whole numbers by their very purpose, and write that down.
WHOLE = {"worker_unmask", "worker_export", "intake_row_unmask", "decree_file", "match_list"}


def takes_post(route: Route) -> bool:
    source = inspect.getsource(route.view) if inspect.isfunction(route.view) else ""
    return not re.search(r"@require_(GET|safe)\b", source)


POSTED = [route for route in OURS if not route.pattern.startswith("api/") and takes_post(route)]


def fields_of(route: Route) -> dict[str, forms.Field | None]:
    """The fields that the module of the view knows, by name: those of its forms, and what the code reads itself."""
    module = sys.modules[inspect.unwrap(route.view).__module__]
    found: dict[str, forms.Field | None] = {}
    for one in vars(module).values():
        if inspect.isclass(one) and issubclass(one, forms.BaseForm):
            found |= one.base_fields
    for names in READ.findall(inspect.getsource(module)):
        found.setdefault(names[0] or names[1], None)
    return found


LIKELY: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.DateField, f"{timezone.localdate()}"),
    (forms.BooleanField, "on"),
    (forms.IntegerField, "1"),
    (forms.DecimalField, "1"),
    (forms.EmailField, "baru@ambon.example"),
)
LIKELY_NAMES = {
    "month": "2026-03",
    "first_month": "2026-03",
    "last_month": "2026-06",
    "village": PASSO,
    "region": "81.71",
}


def plausible(name: str, field: forms.Field | None) -> Any:
    """Something that the field may well take."""
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("x.csv", b"nik;nama\n1;2\n")
    if isinstance(field, forms.ChoiceField):
        return next((str(value) for value, _label in field.choices if value not in ("", None)), "x")
    by_kind = next((value for kind, value in LIKELY if isinstance(field, kind)), "1")
    return LIKELY_NAMES.get(name, by_kind)


def forms_on(page: str, here: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Where each form of a page leads, with its fields and what stands in them."""
    for attributes, inside in FORM.findall(page):
        if 'method="post"' in attributes:
            leads_to = ACTION.search(attributes)
            shown = {name: "".join(VALUE.findall(tag)) for tag, name in FIELD.findall(inside) if name != TOKEN}
            yield html.unescape(leads_to[1]) if leads_to else here, shown


@pytest.fixture(scope="module")
def shown(world: World, browsers: dict[str, Client]) -> dict[str, dict[str, str]]:
    """What the forms on the pages of the site post, by address; of those met more than once, the first."""
    found: dict[str, dict[str, str]] = {}
    for route in OURS:
        url = filled(route, world).partition("?")[0]
        with transaction.atomic():
            answer = browsers["insider"].get(url)
            page = "" if answer.streaming else answer.content.decode(errors="replace")
            transaction.set_rollback(True)
        for leads_to, names in forms_on(page, url):
            found.setdefault(leads_to, names)
    return found


def bodies(route: Route, shown: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Nothing; all junk alike; each field junk in its turn while the others are plausible."""
    fields = dict.fromkeys(shown) | fields_of(route)
    yield {}
    for junk in JUNK:
        yield dict.fromkeys(fields, junk)
    number = 0
    for name, field in islice(fields.items(), MOST_ALONE):
        others = {
            other: shown.get(other) or plausible(other, kind) for other, kind in fields.items() if other != name
        }
        yield dict(others)
        for _turn in range(2):
            number += 1
            if isinstance(field, forms.FileField):
                file, content = FILES[number % len(FILES)]
                yield others | {name: SimpleUploadedFile(file, content)}
            else:
                yield others | {name: JUNK[number % len(JUNK)]}


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    """Somebody who has every role of the city, and somebody of another regency who has every role there."""
    roles = ("programme_officer", "finance_officer", "system_administrator", "auditor", "bpjs_officer")
    found = {}
    for who, region in (("insider", "81.71"), ("stranger", "81.01")):
        user = person(f"{who}@semua.example", who, *((role, region) for role in roles))
        found[who] = Client()
        found[who].force_login(user, backend=BACKEND)
    return found


def posted(browser: Client, url: str, body: dict[str, Any]) -> tuple[int, bytes]:
    """Status and every byte of the answer; what was written is taken back."""
    with transaction.atomic():
        answer = browser.post(url, body)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, unpacked(content)


@pytest.mark.parametrize("route", POSTED, ids=str)
def test_junk_is_answered_and_shows_no_number(
    route: Route, world: World, browsers: dict[str, Client], shown: dict[str, dict[str, str]]
) -> None:
    url = filled(route, world)
    for body in bodies(route, shown.get(url, {})):
        status, answer = posted(browsers["insider"], url, body)
        assert status < 500, body
        assert route.name in WHOLE or NIK.encode() not in answer, body


@pytest.mark.parametrize("route", POSTED, ids=str)
def test_junk_of_a_stranger_shows_nobody(
    route: Route, world: World, browsers: dict[str, Client], shown: dict[str, dict[str, str]]
) -> None:
    url = filled(route, world)
    for number, body in enumerate(bodies(route, shown.get(url, {}))):
        if number % 5 == 0:
            status, answer = posted(browsers["stranger"], url, body)
            assert status < 500, body
            assert not any(secret in answer for secret in SECRETS), body


def test_the_fields_are_found(shown: dict[str, dict[str, str]]) -> None:
    """The test would pass on empty bodies: some forms and some names read by hand are among them."""
    fields = {route.name: set(fields_of(route)) for route in POSTED}
    assert {"died_on", "reason"} <= fields["worker_death"]
    assert {"number", "bills", "proof"} <= fields["order_list"]
    assert "decision" in fields["intake_pair"]
    assert len(POSTED) > 60
    assert len(shown) > 40
    assert any("villages" in names or "columns" in names for names in shown.values())
