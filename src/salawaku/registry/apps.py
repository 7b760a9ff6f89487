"""The registry room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from salawaku.registry.merging import Relation, register_relation


class RegistryConfig(AppConfig):
    """Registers the room with Django."""

    name = "salawaku.registry"
    label = "registry"

    def ready(self) -> None:
        """The register's own tables that speak of workers, and its own panels."""
        from salawaku.registry import panels
        from salawaku.registry.declared import declarations_panel
        from salawaku.registry.event_panel import event_panel

        panels.register(declarations_panel, order=40)
        register_relation(Relation("registry_declaration", _("Declarations"), moves=False))
        register_relation(Relation("registry_merge", _("Earlier merges"), column="kept_id", moves=False))
        register_relation(Relation("registry_merge", _("Earlier merges"), column="gone_id", moves=False))
        register_relation(Relation("registry_workerevent", _("Moves, wages, cover elsewhere")))
        panels.register(event_panel, order=20)
