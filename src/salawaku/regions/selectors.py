"""Reading regions."""

from __future__ import annotations

import polars as pl
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from salawaku.regions.models import Region
from salawaku.regions.table import region_table

PARENT_LENGTH = {13: 8, 8: 5, 5: 2, 2: 0}


def ancestors(code: str) -> list[str]:
    """The codes above a code, highest first: "81.71.03.2001" → 81, 81.71, 81.71.03."""
    return [code[:length] for length in (2, 5, 8) if length < len(code)]


def region_path(code: str) -> list[Region]:
    """The region and those above it, highest first; empty for an unknown code."""
    return list(Region.objects.filter(code__in=[*ancestors(code), code]).defer("boundary"))


def children(code: str) -> QuerySet[Region]:
    """The regions directly below; of "" the provinces."""
    return Region.objects.filter(parent_code=code).defer("boundary")


def villages(within: str) -> QuerySet[Region]:
    """All villages of a region's subtree."""
    return Region.objects.filter(_below(within), level=4).defer("boundary")


def region_search(text: str, *, within: str = "", limit: int = 20) -> list[Region]:
    """Regions whose name holds the text or whose code begins with it, higher levels and short names first."""
    text = " ".join(text.split())
    if len(text) < 2:
        return []
    found = Region.objects.filter(Q(name__icontains=text) | Q(code__startswith=text)).filter(_below(within))
    return list(found.defer("boundary").order_by("level", Length("name"), "code")[:limit])


def _below(within: str) -> Q:
    return Q(code=within) | Q(code__startswith=f"{within}.") if within else Q()


def places_frame(home_region: str) -> pl.DataFrame:
    """The home region and all below it for the intake engine: code, parent, level, kind, name. No database."""
    code = pl.col("code")
    length = code.str.len_chars()
    return (
        region_table()
        .filter((code == home_region) | code.str.starts_with(f"{home_region}."))
        .select(
            "code",
            parent=code.str.head(length.replace_strict(PARENT_LENGTH, return_dtype=pl.Int64)),
            level=length.replace_strict({2: 1, 5: 2, 8: 3, 13: 4}, return_dtype=pl.Int8),
            kind="kind",
            name="name",
        )
    )
