"""The outcome of every row once it is compared with earlier rows and with the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from salawaku.linkage.tiers import link

EMPTY: dict[str, type[pl.DataType] | pl.DataType] = {
    "id": pl.Int64, "file": pl.Int32, "sheet": pl.String, "row": pl.Int64, "status": pl.String,
    "codes": pl.List(pl.String), "nik": pl.String, "name": pl.String, "birth_date": pl.Date, "sex": pl.String,
    "village": pl.String, "occupation": pl.String, "other_id": pl.Int64, "other_side": pl.String,
}  # fmt: skip
# Everybody known, or a function that finds among everybody those whom the sound rows of the run could be.
Register = pl.DataFrame | Callable[[pl.DataFrame], pl.DataFrame] | None
TIER_CODES = {"conflict": "nik.conflict", "probable": "duplicate.probable"}


def linked(frames: Sequence[pl.DataFrame], *, register: Register, decisions: pl.DataFrame | None) -> pl.DataFrame:
    """All rows of a run with `id`, `status`, `codes` and the earlier record (`other_side`, `other_id`) they meet."""
    if not frames:
        return pl.DataFrame(schema=pl.Schema(EMPTY))
    rows = pl.concat(frames).with_row_index("id").with_columns(pl.col("id").cast(pl.Int64))
    # The sex in the NIK, not the stated one: a slip in that column must not part a person from their earlier row.
    sex = pl.coalesce("nik_sex", "sex").alias("sex")
    sound = rows.filter(pl.col("rejects").list.len() == 0)
    sound = sound.select("id", "nik", "name", "birth_date", sex, "village")
    known = register(sound) if callable(register) else register
    found = link(sound, register=known, decisions=decisions)
    rows = rows.join(found.select("id", "other_id", "other_side", "tier"), on="id", how="left", maintain_order="left")
    return _outcomes(rows)


def _outcomes(rows: pl.DataFrame) -> pl.DataFrame:
    met = pl.col("tier").replace_strict(TIER_CODES, default=None, return_dtype=pl.String)
    reviews = pl.concat_list([met, "reviews"]).list.drop_nulls()
    rejected, same = pl.col("rejects").list.len() > 0, (pl.col("tier") == "same").fill_null(value=False)
    rows = rows.with_columns(reviews=reviews)
    status = (
        pl.when(rejected).then(pl.lit("rejected")).when(same).then(pl.lit("duplicate"))
        .when(pl.col("reviews").list.len() > 0).then(pl.lit("review")).otherwise(pl.lit("accepted"))
    )  # fmt: skip
    rows = rows.with_columns(status=status)
    codes = (
        pl.when(pl.col("status") == "rejected").then("rejects").when(pl.col("status") == "review").then("reviews")
        .when(pl.col("status") == "accepted").then("warnings").otherwise(pl.lit([], dtype=pl.List(pl.String)))
    )  # fmt: skip
    return rows.with_columns(codes=codes).drop("rejects", "reviews", "warnings")
