"""Taking a letter of refunds out: it is a list of persons."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover.letters import refund_letter
from salawaku.cover.models import RefundLetter
from salawaku.cover.refund_selectors import refunds_of


@transaction.atomic
def refund_letter_taken(*, by: User, letter: RefundLetter) -> bytes:
    """The letter as PDF; identity numbers are whole only for a role that may see them. The event says who took it."""
    if not by.can("register.export"):
        raise Refusal("register.no_export", _("Your role does not take lists out."))
    whole = by.can("register.unmask")
    refunds = list(refunds_of(letter))
    detail = {"workers": len({refund.worker_id for refund in refunds}), "whole_nik": whole}
    region = letter.purse.programme.region_code
    audit.record(by=by, kind="list.exported", subject=letter, detail=detail, region_code=region)
    return refund_letter(letter, refunds, whole=whole)
