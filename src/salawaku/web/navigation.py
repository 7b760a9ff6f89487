"""The main navigation: which rooms a person is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.notices.selectors import unread_count
from salawaku.web.addresses import address


class Room(NamedTuple):
    """One entry: the address it opens, the permissions of which one is needed, and what counts what waits there."""

    url_name: str
    label: Promise
    icon: str
    permissions: tuple[str, ...] = ()
    waiting: Callable[[User], int] | None = None


class Link(NamedTuple):
    """An entry as shown to one person on one page."""

    url: str
    label: Promise
    icon: str
    is_current: bool
    waiting: int | None = None  # None: nothing is counted there


ROOMS = (
    Room("home", _("Home"), icon="home"),
    Room("worker_list", _("Workers"), icon="users", permissions=("register.view",)),
    Room("intake_list", _("Lists"), icon="file-spreadsheet", permissions=("intake.load", "intake.confirm")),
    Room("programme_list", _("Programme"), icon="clipboard-list", permissions=("programme.view",)),
    Room("cover_board", _("Cover"), icon="shield-check", permissions=("cover.view",)),
    Room(
        "exchange_home",
        _("Exchange"),
        icon="arrows-exchange",
        permissions=("exchange.send", "exchange.receive", "dukcapil.match"),
    ),
    Room("sponsor_board", _("Foster sponsors"), icon="user-check", permissions=("sponsor.view",)),
    Room(
        "notice_list",
        _("Notices"),
        icon="bell",
        permissions=("cover.view", "programme.view", "month.reconcile", "intake.decide"),
        waiting=unread_count,
    ),
    Room("settings", _("Settings"), icon="settings", permissions=("people.manage", "audit.view")),
)


def links_for(request: HttpRequest) -> list[Link]:
    """What this person may open; a room whose pages are not installed is left out."""
    user = request.user
    if not user.is_authenticated:
        return []
    allowed = [room for room in ROOMS if not room.permissions or any(user.can(code) for code in room.permissions)]
    return [_link(room, url, request.path, user) for room in allowed if (url := address(room.url_name))]


def _link(room: Room, url: str, path: str, user: User) -> Link:
    is_current = path == url if url == reverse("home") else path.startswith(url)
    return Link(url, room.label, room.icon, is_current, room.waiting(user) if room.waiting else None)
