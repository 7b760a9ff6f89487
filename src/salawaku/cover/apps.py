"""The cover room."""

from django.apps import AppConfig


class CoverConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.cover"
    label = "cover"
