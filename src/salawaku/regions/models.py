"""Provinces, regencies, districts and villages with their codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """One region of the code set, from province (level 1) to village (level 4).

    `code` is text such as "81.71.03.2001" and leads every table that holds persons. A village's kind is the
    local word: desa, kelurahan, negeri. `boundary` is a GeoJSON geometry once an operator imported one.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        REGENCY = "regency", _("Regency")
        CITY = "city", _("City")
        DISTRICT = "district", _("District")
        DESA = "desa", _("Desa")
        KELURAHAN = "kelurahan", _("Kelurahan")
        NEGERI = "negeri", _("Negeri")

    code = models.CharField(max_length=13, primary_key=True)
    parent_code = models.CharField(max_length=8, blank=True, db_index=True)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=100)
    lat = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    lng = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    boundary = models.JSONField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name with its kind, as letterheads say it: "Negeri Passo", "Kecamatan Baguala"."""
        if self.kind in (self.Kind.REGENCY, self.Kind.CITY, self.Kind.PROVINCE):
            return self.name
        kind = "Kecamatan" if self.kind == self.Kind.DISTRICT else self.kind.capitalize()
        return f"{kind} {self.name}"
