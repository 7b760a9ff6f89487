"""The cover room."""

from django.apps import AppConfig


class CoverConfig(AppConfig):
    """Registers the room with Django, and its ledger with the programmes that are written into it."""

    name = "salawaku.cover"
    label = "cover"

    def ready(self) -> None:
        """Offer the ledger."""
        from salawaku.cover.ledger import CoverLedger
        from salawaku.programmes import ledger

        ledger.register(CoverLedger())
