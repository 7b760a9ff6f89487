"""What happened to a worker, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from salawaku.registry.selectors import Happening

KINDS = {
    "history.insert": gettext_lazy("Entered in the register"),
    "history.update": gettext_lazy("Changed"),
    "history.delete": gettext_lazy("Taken out of the register"),
    "nik.unmasked": gettext_lazy("The whole NIK was looked at"),
    "worker.merged": gettext_lazy("Another record was merged into this one"),
    "worker.merge_undone": gettext_lazy("A merge was undone"),
    "worker.died": gettext_lazy("A death was written down"),
    "worker.declared": gettext_lazy("A declaration was written down"),
    "evidence.taken": gettext_lazy("The evidence of a declaration was looked at"),
    "worker.moved": gettext_lazy("A move was written down"),
    "worker.employed": gettext_lazy("Became a wage earner"),
    "worker.covered_elsewhere": gettext_lazy("Is insured elsewhere"),
    "worker.returned": gettext_lazy("May be chosen again"),
    "worker.event_undone": gettext_lazy("An entry was taken back"),
    "cover.closed": gettext_lazy("Months of cover were closed"),
    "cover.moved": gettext_lazy("Months of cover moved along"),
    "cover.restored": gettext_lazy("Months of cover were restored"),
}
FIELDS = {
    "name": gettext_lazy("name"),
    "nik": gettext_lazy("NIK"),
    "birth_date": gettext_lazy("birth date"),
    "sex": gettext_lazy("sex"),
    "village": gettext_lazy("village"),
    "village_code": gettext_lazy("village"),
    "address": gettext_lazy("address"),
    "phone": gettext_lazy("phone"),
    "occupation": gettext_lazy("occupation"),
    "occupation_id": gettext_lazy("occupation"),
    "participant_number": gettext_lazy("participant number (KPJ)"),
    "status": gettext_lazy("status"),
    "died_on": gettext_lazy("day of death"),
}


def told(happening: Happening) -> str:
    """One line of the timeline."""
    text = str(KINDS.get(happening.kind, happening.kind))
    if happening.fields:
        text = f"{text}: {', '.join(str(FIELDS[name]) for name in happening.fields)}"
    if happening.actor:
        text = _("%(what)s, by %(who)s") % {"what": text, "who": happening.actor}
    return f"{text} ({happening.reason})" if happening.reason else text
