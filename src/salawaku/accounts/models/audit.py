"""The audit trail."""

from django.db import models


class AuditEvent(models.Model):
    """Who did what to what, when and why; never changed and never deleted.

    No foreign keys: deleting live data does not touch what happened. `detail` holds ids, counts and codes,
    never a person's data. `kind` is "subject.verb" and stays the same for ever (audit.py lists all). Written by
    `audit.record()` alone; triggers refuse every change, also to the owner of the table.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    region_code = models.CharField(max_length=13, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)

    PERSONAL = {"actor": "fake_name"}
    APPEND_ONLY = True

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["region_code", "-at"], name="audit_region"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"
