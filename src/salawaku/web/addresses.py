"""Addresses of pages in other rooms, some of which an installation may lack."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address(name: str, *arguments: object, **query: str) -> str:
    """The address of a page, with its filters; "" when there is no such page."""
    try:
        return reverse(name, args=arguments, query=query or None)
    except NoReverseMatch:
        return ""
