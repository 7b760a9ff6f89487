"""The exchange room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Registers the room with Django, and with the rooms below what it shows of a worker."""

    name = "salawaku.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Show the latest match on the worker's page; say what moves with a merge."""
        from salawaku.exchange import panels as own_panels
        from salawaku.registry import merging, panels

        # What was sent to BPJS was sent about that record and under its NIK: it stays there.
        merging.register_relation(
            merging.Relation("exchange_registrationrow", _("Registrations sent to BPJS"), moves=False)
        )
        merging.register_relation(merging.Relation("exchange_question", _("Questions to answers of BPJS")))
        merging.register_relation(
            merging.Relation("exchange_matchresult", _("Matches with Dukcapil"), unique_with=("batch_id",))
        )
        panels.register(own_panels.match_panel, order=60)
