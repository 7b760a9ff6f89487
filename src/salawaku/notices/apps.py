"""The notices room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the room with Django; it looks at the rooms below and is looked at by none of them."""

    name = "salawaku.notices"
    label = "notices"
