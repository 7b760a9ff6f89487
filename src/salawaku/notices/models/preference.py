"""What a person wants to be told, and how."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NIGHT, MORNING = time(20), time(6)


class NoticePreference(models.Model):
    """What one person switched off and when the mail may come. Who has no row has the defaults.

    `kinds_off` names what is not told, so that a kind that is new is told. `phone` is the number at which colleagues
    may write by hand; the person gives it.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week, on Monday")

    user = models.OneToOneField("accounts.User", models.CASCADE, primary_key=True, related_name="notice_preference")
    kinds_off = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    by_mail = models.BooleanField(default=True)
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.DAILY)
    quiet_from = models.TimeField(default=NIGHT)
    quiet_until = models.TimeField(default=MORNING)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    phone = models.CharField(max_length=15, blank=True)

    PERSONAL = {"phone": "blank"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["id", "en"]), name="preference_language_is_ours"),
            models.CheckConstraint(condition=Q(rhythm__in=["daily", "weekly"]), name="preference_rhythm_is_known"),
            models.CheckConstraint(condition=Q(phone__regex=r"^(62[0-9]{8,13})?$"), name="preference_phone_is_whole"),
        ]

    def __str__(self) -> str:
        return f"preferences of user {self.pk}"
