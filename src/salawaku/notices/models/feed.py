"""Calendars that a person subscribes to."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """The secret address of a person's calendar: only its hash is kept, and one is in force at a time.

    Made anew, the old one ends. What the calendar shows is the person's scope at the time of reading.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
    last_read_on = models.DateField(null=True)

    PERSONAL = {"digest": "hash"}

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at__isnull=True), name="feed_in_force_once"),
        ]

    def __str__(self) -> str:
        return f"calendar {self.public_id}"
