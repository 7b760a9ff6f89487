"""The shipped table of regions as a frame; needs no database."""

from __future__ import annotations

from functools import cache
from importlib import resources

import polars as pl


@cache
def region_table() -> pl.DataFrame:
    """All regions: code, name, kind (text), lat, lng (degrees, null without a point), in code order."""
    folder = resources.files("salawaku.regions") / "data"
    regions = pl.read_csv(
        (folder / "regions.csv.gz").read_bytes(), schema_overrides={"code": pl.Utf8}, infer_schema_length=None
    )
    local = pl.read_csv((folder / "local_kinds.csv").read_bytes(), schema_overrides={"code": pl.Utf8})
    local = local.rename({"kind": "local_kind"})
    return (
        regions.join(local, on="code", how="left", maintain_order="left")
        .with_columns(kind=pl.coalesce("local_kind", "kind"))
        .drop("local_kind")
    )
