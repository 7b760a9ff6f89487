"""The coded list of occupations."""

from django.db import models
from django.utils.translation import get_language


class Occupation(models.Model):
    """An occupation with the agency that owns its sector; `transport` decides the contribution relief."""

    code = models.CharField(max_length=40, primary_key=True)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    agency_code = models.CharField(max_length=40, blank=True)
    transport = models.BooleanField(default=False)
    vulnerable = models.BooleanField(default=True)
    risk = models.PositiveSmallIntegerField(help_text="1 low to 4 very high; a working assumption")

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("name_id",)

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_id
