"""Whose log-ins failed: axes must not hold one person's mistakes against a whole office behind one address."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest


def typed_address(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The e-mail address that was typed, as accounts are looked up.

    Trap: allauth hands over credentials named "email", where axes looks for the form's field and finds nobody.
    """
    told = credentials or {}
    typed = told.get("email") or told.get("login") or request.POST.get("login", "")
    return typed.strip().lower()
