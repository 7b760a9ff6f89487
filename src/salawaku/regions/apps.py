"""The regions room: provinces to villages."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.regions"
    label = "regions"
