"""The home page's figures, read from the rooms."""

from __future__ import annotations

from datetime import date

from salawaku.accounts.models import User
from salawaku.web.dashboard import Dashboard


def dashboard_for(user: User, *, today: date) -> Dashboard:
    """Everything the home page shows to this person."""
    return Dashboard(as_of=today)
