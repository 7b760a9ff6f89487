"""The api room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.api"
    label = "api"
