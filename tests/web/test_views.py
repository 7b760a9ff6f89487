"""Health, pages for when something is wrong, and forms that came too late."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from salawaku.accounts.models import User

pytestmark = pytest.mark.django_db
FORM_PAGE = "http://testserver/akun/password/change/?a=1"


def test_health_needs_nobody() -> None:
    assert Client().get("/healthz").text == "ok\n"


def test_an_unknown_address_is_told_in_plain_words(client_of, sari) -> None:
    answer = client_of(sari).get("/tidak-ada")
    assert answer.status_code == 404
    assert "Tidak ada apa-apa di alamat ini" in answer.text
    assert "data-interrupts" in answer.text


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_error_page_stands_without_a_request(name: str, language: str) -> None:
    with translation.override(language):
        text = render_to_string(name)
    assert f'<html lang="{language}"' in text
    assert "<h1" in text
    assert ("beranda" in text.lower()) == (language == "id" and name != "403_csrf.html")


def strict_post(user: User, client_of, **headers: str):
    browser = client_of(user)
    browser.handler.enforce_csrf_checks = True
    return browser.post("/akun/password/change/", {"oldpassword": "x"}, headers=headers)


def test_a_form_that_came_too_late_leads_back_to_its_page(client_of, sari) -> None:
    answer = strict_post(sari, client_of, referer=FORM_PAGE)
    assert answer.status_code == 403
    assert "Silakan kirim sekali lagi" in answer.text
    assert 'href="/akun/password/change/?a=1"' in answer.text


@pytest.mark.parametrize("referrer", ["", "https://elsewhere.example/form", "//elsewhere.example"])
def test_it_never_leads_out_of_the_house(client_of, sari, referrer: str) -> None:
    answer = strict_post(sari, client_of, referer=referrer)
    assert 'class="btn btn-primary" href="/"' in answer.text


def test_after_an_ended_session_a_post_comes_back_to_the_page_of_its_form() -> None:
    answer = Client().post("/", headers={"referer": "http://testserver/daftar/?tab=1"})
    assert answer.headers["Location"] == "/akun/login/?next=/daftar/%3Ftab%3D1"


def test_a_fragment_sends_the_whole_page_to_the_log_in() -> None:
    answer = Client().get("/?a=1", headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/akun/login/?next=/%3Fa%3D1"
    assert answer.text == ""


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"],
)
def test_pages_before_the_log_in_are_in_our_look_and_in_indonesian(name: str) -> None:
    text = Client().get(reverse(name)).text
    assert 'class="head"' in text
    assert '<html lang="id"' in text
    assert "data-interrupts" in text


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index", "account_logout"])
def test_pages_of_the_own_account_are_in_our_look(client_of, sari, name: str) -> None:
    text = client_of(sari).get(reverse(name)).text
    assert 'class="head"' in text
    assert text.count("<h1") == 1


def test_nobody_signs_up() -> None:
    text = Client().get(reverse("account_signup")).text
    assert "Akun dibukakan oleh administrator kantor Anda." in text
    assert "<input" not in text.split("<main")[1]


def test_too_many_attempts_are_told_with_the_minutes(db: None, sari) -> None:
    browser = Client()
    for _attempt in range(7):
        answer = browser.post(reverse("account_login"), {"login": sari.email, "password": "salah"})
    assert answer.status_code == 429
    assert "selama 15 menit" in answer.text
