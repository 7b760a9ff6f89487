"""Which rooms each person is shown."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from salawaku.accounts.models import User
from salawaku.web import navigation
from salawaku.web.addresses import address
from salawaku.web.navigation import Room

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms whose pages are here whatever else is installed."""
    monkeypatch.setattr(
        navigation,
        "ROOMS",
        (
            Room("home", "Home", "home"),  # type: ignore[arg-type]
            Room("account_change_password", "Lists", "key", ("intake.load",)),  # type: ignore[arg-type]
            Room("no_such_page", "Gone", "x"),  # type: ignore[arg-type]
        ),
    )


def shown(user: User | AnonymousUser, path: str = "/") -> list[tuple[str, bool]]:
    request = RequestFactory().get(path)
    request.user = user
    return [(link.url, link.is_current) for link in navigation.links_for(request)]


def test_a_room_is_shown_to_whoever_may_do_something_there(sari: User, tono: User) -> None:
    assert [url for url, _current in shown(sari)] == ["/", "/akun/password/change/"]
    assert [url for url, _current in shown(tono)] == ["/"]


def test_nobody_is_shown_nothing() -> None:
    assert shown(AnonymousUser()) == []


def test_the_room_one_is_in_is_marked(sari: User) -> None:
    assert shown(sari) == [("/", True), ("/akun/password/change/", False)]
    assert shown(sari, "/akun/password/change/more") == [("/", False), ("/akun/password/change/", True)]


def test_an_address_of_a_missing_page_is_empty() -> None:
    assert address("no_such_page") == ""
    assert address("home", month="2026-05") == "/?month=2026-05"
