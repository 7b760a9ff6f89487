"""Looking at a whole identity number."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refused


@transaction.atomic
def nik_unmasked(*, by: User, subjects: list[models.Model], reason: str = "") -> None:
    """Write down that `by` saw the whole NIK of each subject; to be called before it is shown."""
    if not by.can("register.unmask"):
        raise Refused(_("Your role sees identity numbers masked."))
    for subject in subjects:
        audit.record(by=by, kind="nik.unmasked", subject=subject, reason=reason)
