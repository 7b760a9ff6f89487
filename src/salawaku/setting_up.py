"""Bringing an installation up to date: tables, policies, code lists, static files."""

from __future__ import annotations

from django.core.management import call_command

from salawaku.accounts.actions import load_roles
from salawaku.accounts.dbrole import as_owner
from salawaku.regions.actions import load_regions
from salawaku.registry.actions import load_code_lists


def set_up() -> None:
    """Migrate, guard, load the shipped reference data and collect static files; again changes nothing."""
    with as_owner():
        call_command("migrate", verbosity=0, interactive=False)
        load_reference_data()
    call_command("collectstatic", verbosity=0, interactive=False)


def load_reference_data() -> None:
    """Roles, code lists and regions as this release ships them; as the owner of the tables."""
    load_roles()
    load_code_lists()
    load_regions()
