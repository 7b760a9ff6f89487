"""The shipped tables of occupations and agencies as frames; needs no database."""

from __future__ import annotations

from functools import cache
from importlib import resources

import polars as pl

RISKS = {"rendah": 1, "sedang": 2, "tinggi": 3, "sangat_tinggi": 4}


def _read(name: str) -> pl.DataFrame:
    text = (resources.files("salawaku.registry") / "data" / name).read_bytes()
    return pl.read_csv(text, infer_schema=False).fill_null("")


@cache
def occupation_table() -> pl.DataFrame:
    """All occupations: id, name_id, name_en, opd_owner, vulnerable, risk_tier_assumed, aliases (";"), …."""
    return _read("occupations.csv")


@cache
def agency_table() -> pl.DataFrame:
    """The agencies of a local government: opd_id, name_generic, name_kota_ambon_expected, role_in_collection."""
    return _read("agencies.csv")
