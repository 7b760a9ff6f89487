"""Filters in force, each with the address of the list without it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from salawaku.accounts.models import Agency
from salawaku.regions.models import Region
from salawaku.registry.models import Occupation, Worker
from salawaku.registry.selectors import WorkerFilter


def filter_chips(wanted: WorkerFilter) -> list[dict[str, str]]:
    """What `{% filter_chips %}` draws; the search text has its own button, for it is in the session."""
    codes = wanted.codes()
    return [{"label": _label(name, code), "remove_url": _without(codes, name)} for name, code in codes.items()]


def _without(codes: dict[str, str], name: str) -> str:
    return reverse("worker_list", query={key: value for key, value in codes.items() if key != name})


def _label(name: str, code: str) -> str:
    if name == "village":
        return str(Region.objects.filter(code=code).first() or code)
    if name == "occupation":
        return str(Occupation.objects.filter(code=code).first() or code)
    if name == "agency":
        return str(Agency.objects.filter(code=code).first() or code)
    return str(Worker.Status(code).label) if code in Worker.Status.values else _("Unknown filter")
