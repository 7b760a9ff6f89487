"""The intake room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from salawaku.registry.merging import Relation, register_relation


class IntakeConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.intake"
    label = "intake"

    def ready(self) -> None:
        """Tell the register what speaks of workers here, and what to show on their page."""
        from salawaku.intake.panels import evidence_panel
        from salawaku.registry import panels

        register_relation(Relation("intake_workersource", _("Further lists that name the worker")))
        panels.register(evidence_panel, order=60)
