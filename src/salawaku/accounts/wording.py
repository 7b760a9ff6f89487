"""What happened, in words: one for each kind of audit event."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "user.opened": _("Account opened"),
    "user.closed": _("Account closed"),
    "user.invited": _("Invitation sent"),
    "role.given": _("Role given"),
    "role.taken": _("Role taken away"),
    "role.changed": _("Permissions of a role changed"),
    "token.made": _("Key made"),
    "token.revoked": _("Key revoked"),
    "file.received": _("List received"),
    "file.checked": _("List checked"),
    "file.refused": _("List refused"),
    "file.confirmed": _("List confirmed"),
    "file.withdrawn": _("List withdrawn"),
    "file.returned": _("Marked list given back"),
    "mapping.corrected": _("Columns of a list assigned"),
    "row.decided": _("Row decided"),
    "pair.decided": _("Same person or not decided"),
    "worker.entered": _("Worker entered"),
    "worker.changed": _("Worker changed"),
    "worker.merged": _("Records merged"),
    "worker.merge_undone": _("Merge undone"),
    "worker.died": _("Death written down"),
    "nik.unmasked": _("Whole NIK looked at"),
    "list.exported": _("List of workers taken out"),
    "programme.opened": _("Programme opened"),
    "programme.changed": _("Programme changed"),
    "quota.set": _("Quota set"),
    "purse.opened": _("Purse opened"),
    "purse.changed": _("Purse changed"),
    "allocation.proposed": _("Allocation proposed"),
    "allocation.approved": _("Allocation approved"),
    "allocation.refused": _("Allocation refused"),
    "allocation.withdrawn": _("Allocation withdrawn"),
    "decree.frozen": _("Decree frozen"),
    "bill.made": _("Bill made"),
    "payment.imported": _("Payments imported"),
    "cover.closed": _("Cover closed after a death"),
    "boundary.imported": _("Boundaries imported"),
    "demo.made": _("Demonstration made"),
}
