"""Offices of a local government (OPD)."""

from django.db import models


class Agency(models.Model):
    """An office that lists workers of its sector, such as Dinas Perikanan."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    role_note = models.CharField(max_length=200, blank=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("name",)
        constraints = [
            # A scope writes "agency|region" (scoping.py): a code must not hold the sign between them.
            models.CheckConstraint(condition=models.Q(code__regex=r"^[a-z0-9_]+$"), name="agency_code_is_a_word"),
        ]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name
