"""The programmes room."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.programmes"
    label = "programmes"
