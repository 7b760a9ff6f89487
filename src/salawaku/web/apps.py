"""The web room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.web"
    label = "web"

    def ready(self) -> None:
        """Let the decrees of this installation hold over the law."""
        from salawaku import home, law

        law.enact(home.law_folder())
