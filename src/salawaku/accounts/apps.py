"""The accounts room: people who log in, roles, scopes, the audit trail."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Makes every connection an ordinary one, and guards the tables after each migration."""

    name = "salawaku.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect the two hooks on which row-level security rests."""
        from salawaku.accounts import dbrole, policies

        connection_created.connect(dbrole.become_ordinary, dispatch_uid="salawaku.ordinary")
        post_migrate.connect(policies.guard_tables, sender=self, dispatch_uid="salawaku.guard")
