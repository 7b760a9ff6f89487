"""Contributions that BPJS gives back: months after a worker died or was not owed cover any more."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel

# A merge may move a settled refund to another record of the same person; nothing else of it changes.
SETTLED_CHANGES = """
OLD.status IN ('received', 'refused') AND
(NEW.status, NEW.amount, NEW.purse_id, NEW.bill_id, NEW.month, NEW.letter_id, NEW.reason, NEW.ledger_kept)
IS DISTINCT FROM
(OLD.status, OLD.amount, OLD.purse_id, OLD.bill_id, OLD.month, OLD.letter_id, OLD.reason, OLD.ledger_kept)
"""


class RefundLetter(models.Model):
    """A letter that asks BPJS for the refunds of one purse."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purse = models.ForeignKey("programmes.Purse", models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-issued_on", "-id")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [models.UniqueConstraint(fields=["purse", "number"], name="refundletter_number_once")]

    def __str__(self) -> str:
        return self.number


class Refund(ScopedModel):
    """One worker-month that was billed and is not owed: what it cost, who paid, how far asking it back has come.

    The month of death itself is never asked back: BPJS would void the claim. A trigger compares a new row with the
    ledger (migration 0007). `ledger_kept` says that the month was closed when the money came: the ledger then stays
    as it was closed and this row is the later entry that corrects it.
    """

    class Reason(models.TextChoices):
        DEATH = "death", _("After the month of death")
        WAGE_EARNER = "wage_earner", _("Became a wage earner")
        MOVED_AWAY = "moved_away", _("Moved away")
        DOUBLE = "double", _("Member twice")

    class Status(models.TextChoices):
        TO_REQUEST = "to_request", _("To be asked for")
        REQUESTED = "requested", _("Asked for")
        RECEIVED = "received", _("Received")
        REFUSED = "refused", _("Refused by BPJS")

    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="+")
    month = models.DateField()
    bill = models.ForeignKey("cover.Bill", models.PROTECT, related_name="+")
    purse = models.ForeignKey("programmes.Purse", models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.TO_REQUEST, db_default="to_request"
    )
    letter = models.ForeignKey(RefundLetter, models.PROTECT, null=True, related_name="refunds")
    received_on = models.DateField(null=True)
    receipt = models.CharField(max_length=60, blank=True, db_default="")
    ledger_kept = models.BooleanField(default=False, db_default=False)
    refused_why = models.CharField(max_length=300, blank=True, db_default="")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(db_default=models.functions.Now())

    PERSONAL = {"refused_why": "unsaid"}

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="kept", operation=pgtrigger.Delete, condition=~pgtrigger.Q(old__status="to_request")
            ),
            pgtrigger.Protect(
                name="settled",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(SETTLED_CHANGES),
            ),
        ]
        constraints = [
            models.UniqueConstraint(  # a month whose money came back may be decreed, paid and asked back anew
                fields=["worker", "month"], condition=~Q(status="received", ledger_kept=False), name="refund_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1, amount__gt=0), name="refund_of_a_month"),
            models.CheckConstraint(
                condition=Q(status="to_request", letter__isnull=True)
                | (~Q(status="to_request") & Q(letter__isnull=False)),
                name="refund_asked_by_letter",
            ),
            models.CheckConstraint(
                condition=(Q(status="received", received_on__isnull=False) & ~Q(receipt=""))
                | (~Q(status="received") & Q(received_on__isnull=True, receipt="", ledger_kept=False)),
                name="refund_received_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(status="refused") & ~Q(refused_why="")) | (~Q(status="refused") & Q(refused_why="")),
                name="refund_refused_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["purse", "status", "id"], name="refund_order")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.status}"
