"""The registry room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.registry"
    label = "registry"
