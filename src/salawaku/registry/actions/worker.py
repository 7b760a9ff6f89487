"""Single workers: looking at the whole NIK, writing a death down."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.registry import events
from salawaku.registry.models import Worker


@transaction.atomic
def nik_unmask(*, by: User, worker: Worker, reason: str = "") -> str:
    """The whole NIK, for a role that needs it; each look is an audit event."""
    if not by.can("register.unmask"):
        raise Refusal("register.no_unmask", _("Your role does not show whole identity numbers."))
    audit.record(by=by, kind="nik.unmasked", subject=worker, reason=reason, region_code=worker.village_code)
    return worker.nik


@transaction.atomic
def worker_died(*, by: User | None, worker: Worker, died_on: date, reason: str = "") -> Worker:
    """Write down the day of death, or mend it. The cover closes from the month after, in its own room."""
    locked = Worker.objects.select_for_update().get(pk=worker.pk)
    if locked.status == Worker.Status.MERGED:
        raise Refusal("worker.merged", _("This record was merged into another one. Report the death there."))
    if died_on > timezone.localdate():
        raise Refusal("death.in_future", _("The day of death lies in the future."))
    if died_on < locked.birth_date:
        raise Refusal("death.before_birth", _("The day of death lies before the date of birth."))
    if (locked.status, locked.died_on) != (Worker.Status.DIED, died_on):
        locked.status, locked.died_on = Worker.Status.DIED, died_on
        locked.save(update_fields=["status", "died_on"])
        audit.record(by=by, kind="worker.died", subject=locked, reason=reason, region_code=locked.village_code)
        events.tell_death(by, locked)
    return locked
