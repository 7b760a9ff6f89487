"""The frame around every page: language, navigation by permission, no foreign address."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_speaks_indonesian_whatever_the_browser_prefers(client_of, sari) -> None:
    answer = client_of(sari).get("/", headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="id"' in answer.text
    assert answer.headers["Content-Language"] == "id"


def test_the_switch_changes_the_language_and_keeps_it(client_of, sari) -> None:
    browser = client_of(sari)
    answer = browser.post("/i18n/setlang/", {"language": "en", "next": "/"}, follow=True)
    assert '<html lang="en"' in answer.text
    assert '<html lang="en"' in browser.get("/").text


def test_an_unknown_language_is_not_spoken(client_of, sari) -> None:
    browser = client_of(sari)
    browser.cookies["django_language"] = "xx"
    assert '<html lang="id"' in browser.get("/").text


def test_each_person_is_shown_the_rooms_of_the_own_roles(client_of, sari, tono) -> None:
    sees = client_of(sari).get("/").text
    assert 'href="/" aria-current="page"' in sees
    nobody = client_of(tono).get("/").text
    assert re.findall(r'<li><a href="(/[^"]*)"', nobody.split("nav-small")[0]) == ["/"]


def test_a_page_asks_nobody_outside_and_carries_no_inline_style(client_of, sari) -> None:
    text = client_of(sari).get("/").text
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', text)
    assert " style=" not in text
    assert "<style" not in text
    assert not re.findall(r"<script(?![^>]*src=)", text)


def test_nobody_is_asked_to_log_in(db: None) -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/akun/login/?next=/"
