"""The sponsors room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SponsorsConfig(AppConfig):
    """Registers the room with Django, and with the register what names a worker here."""

    name = "salawaku.sponsors"
    label = "sponsors"

    def ready(self) -> None:
        """The months of sponsors move with the ledger; a wish moves with a merge."""
        from salawaku.registry import merging

        merging.register_relation(
            merging.Relation("sponsors_pledge", _("Wishes of sponsors"), column="wish_worker_id", holds=False)
        )
