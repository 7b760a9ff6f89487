"""The programmes room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    """Registers the room with Django, and its tables that speak of workers with the register."""

    name = "salawaku.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Lines of plans move with a merge; what was signed stays as it was signed."""
        from salawaku.registry.merging import Relation, register_relation

        register_relation(Relation("programmes_allocationline", _("Lines of plans"), unique_with=("allocation_id",)))
        register_relation(Relation("programmes_decreeline", _("Lines of decrees"), moves=False))
