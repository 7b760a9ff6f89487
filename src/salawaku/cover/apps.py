"""The cover room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverConfig(AppConfig):
    """Registers the room with Django, and with the rooms below what it does for them."""

    name = "salawaku.cover"
    label = "cover"

    def ready(self) -> None:
        """Offer the ledger, close the cover of the dead, follow those who move, move with a merge, show strips."""
        from salawaku.cover import panels as own_panels
        from salawaku.cover.actions import cover_close, cover_follow, cover_follow_back, cover_merged, cover_parted
        from salawaku.cover.ledger import CoverLedger
        from salawaku.programmes import ledger
        from salawaku.registry import events, merging, panels

        ledger.register(CoverLedger())
        events.on_death(cover_close)
        events.on_merge(cover_merged)
        events.on_merge_undo(cover_parted)
        events.on_event(cover_follow)
        events.on_undo(cover_follow_back)
        merging.register_relation(
            merging.Relation(
                "cover_workermonth", _("Months of cover"), key="month_index", unique_with=("month", "insurance")
            )
        )
        merging.register_relation(
            merging.Relation("cover_difference", _("Differences with BPJS"), unique_with=("reconciliation_id",))
        )
        merging.register_relation(merging.Relation("cover_monthgivenback", _("Months given back")))
        merging.register_relation(
            merging.Relation(
                "cover_refund", _("Months to ask back"), unique_with=("month",), twin_in="cover_workermonth"
            )
        )
        panels.register(own_panels.cover_panel, order=10)
        panels.register_cells(own_panels.strip_cells)
