"""A throw-away database beside the configured one, made like the one of the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salawaku.accounts.models import User


def start_django() -> None:
    """Set Django up for a benchmark."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salawaku.settings")
    import django

    django.setup()


@contextmanager
def scratch_database() -> Iterator[User]:
    """An empty database with the reference data and a programme officer of Ambon who acts; dropped after."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from salawaku.accounts.actions import role_give, user_open
    from salawaku.accounts.dbrole import as_owner
    from salawaku.accounts.scoping import acting_as
    from salawaku.setting_up import load_reference_data

    with as_owner():
        made = setup_databases(verbosity=0, interactive=False)
        load_reference_data()
    try:
        sari = user_open(by=None, email="sari@bench.example", name="Sari")
        role_give(by=None, user=sari, role="programme_officer", region_code="81.71")
        with acting_as(sari):
            yield sari
    finally:
        connection.close()
        with as_owner():
            teardown_databases(made, verbosity=0)
