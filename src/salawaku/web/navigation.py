"""The main navigation: which rooms a person is shown."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.web.addresses import address


class Room(NamedTuple):
    """One entry: the address it opens and the permissions of which one is needed."""

    url_name: str
    label: Promise
    icon: str
    permissions: tuple[str, ...] = ()


class Link(NamedTuple):
    """An entry as shown to one person on one page."""

    url: str
    label: Promise
    icon: str
    is_current: bool


ROOMS = (
    Room("home", _("Home"), icon="home"),
    Room("worker_list", _("Workers"), icon="users", permissions=("register.view",)),
    Room("intake_list", _("Lists"), icon="file-spreadsheet", permissions=("intake.load", "intake.confirm")),
    Room("programme_list", _("Programme"), icon="clipboard-list", permissions=("programme.view",)),
    Room("cover_board", _("Cover"), icon="shield-check", permissions=("cover.view",)),
    Room(
        "exchange_home",
        _("Data exchange"),
        icon="arrows-exchange",
        permissions=("exchange.send", "exchange.receive", "dukcapil.match"),
    ),
    Room("settings", _("Settings"), icon="settings", permissions=("people.manage", "audit.view")),
)


def links_for(request: HttpRequest) -> list[Link]:
    """What this person may open; a room whose pages are not installed is left out."""
    user = request.user
    if not user.is_authenticated:
        return []
    allowed = [room for room in ROOMS if not room.permissions or any(user.can(code) for code in room.permissions)]
    return [_link(room, url, request.path) for room in allowed if (url := address(room.url_name))]


def _link(room: Room, url: str, path: str) -> Link:
    home = reverse("home")
    return Link(url, room.label, room.icon, path == url if url == home else path.startswith(url))
