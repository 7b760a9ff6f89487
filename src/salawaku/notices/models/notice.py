"""What one person is told once."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Now
from django.db.models.lookups import Regex
from django.utils.translation import gettext_lazy as _

LONG_NUMBER = "[0-9]{16}"  # a NIK or a family card


class Notice(models.Model):
    """One thing told to one person: `key` says which, so that telling it again changes nothing.

    `facts` holds counts, money, dates and codes from which the text is made in the reader's language; a number as
    long as a NIK is refused. `link` is an address of our own. An e-mail is claimed ("sending") before it leaves and
    never claimed again once it may have left: what a kill or a lost line left open is "unclear" and stays so.
    """

    class Mail(models.TextChoices):
        NONE = "none", _("Not sent by e-mail")
        WAITING = "waiting", _("Waits to be sent")
        SENDING = "sending", _("Is being sent")
        SENT = "sent", _("Sent by e-mail")
        FAILED = "failed", _("The e-mail could not be sent")
        UNCLEAR = "unclear", _("It is not known whether the e-mail left; it is not sent again")

    public_id = models.UUIDField(default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"), unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)  # kinds.py
    key = models.CharField(max_length=120)
    region_code = models.CharField(max_length=13)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    urgent = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=7, choices=Mail.choices, default=Mail.NONE, db_default="none")
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    try_after = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=60, blank=True, db_default="")
    by_hand_at = models.DateTimeField(null=True)
    by_hand_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-id",)
        triggers = [
            pgtrigger.Protect(
                name="mailed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__mail__in=["sent", "unclear"], new__mail__df=pgtrigger.F("old__mail")),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "key"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(link__startswith="/") & ~Q(link__startswith="//"), name="notice_link_is_ours"
            ),
            models.CheckConstraint(
                condition=~Q(Regex(Cast(F("facts"), models.TextField()), LONG_NUMBER)),
                name="notice_holds_no_nik",
            ),
            models.CheckConstraint(
                condition=Q(mail="sent", emailed_at__isnull=False) | ~Q(mail="sent") & Q(emailed_at__isnull=True),
                name="notice_emailed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(mail__in=["none", "waiting"]) | Q(claimed_at__isnull=False), name="notice_claimed_before"
            ),
            models.CheckConstraint(
                condition=Q(by_hand_at__isnull=True, by_hand_by__isnull=True)
                | Q(by_hand_at__isnull=False, by_hand_by__isnull=False),
                name="notice_by_hand_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], condition=Q(dismissed_at=None), name="notice_shown"),
            models.Index(fields=["recipient", "try_after"], condition=Q(mail="waiting"), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class NoticeRun(models.Model):
    """One look for what must be told, and what it came to: counts only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    as_of = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    made = models.PositiveIntegerField(default=0)
    emailed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"notices of {self.as_of:%Y-%m-%d}"
