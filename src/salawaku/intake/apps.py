"""The intake room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.intake"
    label = "intake"
