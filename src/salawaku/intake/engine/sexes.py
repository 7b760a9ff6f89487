"""The sex as people write it, in one column or as ticks in two."""

from __future__ import annotations

import polars as pl

from salawaku.intake.engine.cells import replaced
from salawaku.intake.engine.spelling import letters

MALE = frozenset(
    (
        "l",
        "lk",
        "lkl",
        "laki",
        "lakilaki",
        "laki2",
        "lakilk",
        "lelaki",
        "pria",
        "male",
        "m",
        "1",
        "cowok",
        "llaki",
        "lakiaki",
        "lakilai",
        "laklaki",
    )
)
FEMALE = frozenset(
    (
        "p",
        "pr",
        "prp",
        "perempuan",
        "wanita",
        "female",
        "f",
        "w",
        "2",
        "prempuan",
        "permpuan",
        "perempuam",
        "perempuaan",
        "wnt",
        "prmpn",
        "perempun",
        "cewek",
    )
)
NO_TICK = frozenset(("", "-", "0", "x0"))


def sexes(texts: pl.Series) -> pl.Series:
    """M, F or null for each text. "P" is Pria where the column also says "W" for Wanita and never "L"."""
    unique = [t for t in texts.unique().to_list() if t]
    keys = {t: letters(t) for t in unique}
    short = set(keys.values())
    men, women = set(MALE), set(FEMALE)
    if "w" in short and "l" not in short:
        men, women = men | {"p"}, women - {"p"}
    table = {t: "M" if k in men else "F" if k in women else None for t, k in keys.items()}
    return replaced(texts, table, pl.String)


def ticked(male: pl.Series, female: pl.Series) -> pl.Series:
    """L or P from two tick columns; both or neither ticked says nothing."""
    frame = pl.DataFrame({"m": _mark(male), "f": _mark(female)})
    return frame.select(
        sex=pl.when(pl.col("m") & ~pl.col("f")).then(pl.lit("L")).when(pl.col("f") & ~pl.col("m")).then(pl.lit("P"))
    )["sex"]


def _mark(texts: pl.Series) -> pl.Series:
    return texts.fill_null("").str.strip_chars().is_in(list(NO_TICK)).not_()
