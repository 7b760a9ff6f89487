"""Addresses of pages in other rooms, some of which an installation may lack."""

from __future__ import annotations

from django.urls import NoReverseMatch, resolve, reverse

from salawaku.accounts.models import User


def address(name: str, *arguments: object, **query: str) -> str:
    """The address of a page, with its filters; "" when there is no such page."""
    try:
        return reverse(name, args=arguments, query=query or None)
    except NoReverseMatch:
        return ""


def address_for(user: User, name: str, *arguments: object, **query: str) -> str:
    """The address of a page that this person may open; "" when there is none: no link leads to a refusal."""
    url = address(name, *arguments, **query)
    needed = getattr(resolve(url.partition("?")[0]).func, "needs", ()) if url else ()
    return url if not needed or any(user.can(code) for code in needed) else ""
