"""Convert the npm packages `idn-area-data` 4.0.1 and `geografis` into `regions.csv.gz`. Run once per edition.

npm pack idn-area-data@4.0.1 geografis@1.3.2   # unpack both, then:
python scripts/make_regions.py IDN_AREA_DATA_FOLDER GEOGRAFIS_FOLDER
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import polars as pl

TARGET = Path(__file__).parents[1] / "src/salawaku/regions/data/regions.csv.gz"
KINDS = {2: "province", 5: "regency", 8: "district", 13: "village"}


def codes(folder: Path) -> pl.DataFrame:
    """All codes with name and kind, in code order."""
    tables = ("provinces", "regencies", "districts", "villages")
    frames = [
        pl.read_csv(folder / "data" / f"{table}.csv", infer_schema=False).select("code", "name") for table in tables
    ]
    kind = pl.col("code").str.len_chars().cast(pl.Int64).replace_strict(KINDS, return_dtype=pl.Utf8)
    return pl.concat(frames).with_columns(kind=refined(kind)).sort("code")


def refined(kind: pl.Expr) -> pl.Expr:
    """A city among the regencies, a kelurahan (1xxx) among the villages."""
    city = (kind == "regency") & pl.col("name").str.starts_with("Kota ")
    kelurahan = (kind == "village") & (pl.col("code").str.slice(9, 1) == "1")
    return (
        pl.when(city).then(pl.lit("city")).when(kelurahan).then(pl.lit("kelurahan"))
        .when(kind == "village").then(pl.lit("desa")).otherwise(kind)
    )  # fmt: skip


def points(folder: Path) -> pl.DataFrame:
    """A point per village, to four digits (about ten metres)."""
    records = json.loads((folder / "data/json/data.json").read_text())
    frame = pl.DataFrame(records, infer_schema_length=None).select(
        "code", lat=pl.col("latitude").round(4), lng=pl.col("longitude").round(4)
    )
    return frame.unique("code", keep="first")


def main() -> None:
    area, geografis = Path(sys.argv[1]), Path(sys.argv[2])
    table = codes(area).join(points(geografis), on="code", how="left").sort("code")
    text = io.BytesIO()
    table.write_csv(text)
    TARGET.write_bytes(gzip.compress(text.getvalue(), compresslevel=9, mtime=0))
    print(table.group_by("kind").len().sort("kind"), TARGET.stat().st_size)


if __name__ == "__main__":
    main()
