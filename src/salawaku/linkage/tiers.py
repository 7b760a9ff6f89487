"""Which records are the same person: candidate blocks and decision tiers, written once as SQL and run by DuckDB."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import cast

import duckdb
import polars as pl

from salawaku.linkage.names import keys_agree, name_key, name_keys

#: What `link` reads of a record.
RECORD = {
    "id": pl.Int64,
    "nik": pl.String,
    "name": pl.String,
    "birth_date": pl.Date,
    "sex": pl.String,
    "village": pl.String,
}
DECISION = {"left_key": pl.String, "right_key": pl.String, "same": pl.Boolean}

#: Heads of one block that still meet crosswise.
LIMIT = 64


def _near(first: int, last: int) -> str:
    """The numbers of two NIKs differ by one slip in these places, counted from the right.

    One digit off changes a number by d·10^k, two neighbours swapped by 9d·10^k: cheap to ask of many pairs.
    """
    steps = sorted({d * 10**k * swap for d in range(1, 10) for k in range(first, last) for swap in (1, 9)})
    return f"abs(l.nik_code - r.nik_code) IN ({', '.join(map(str, steps))})"


#: Two records are compared when one of these is equal and the condition beside it holds. A near NIK keeps two of its
#: three parts (district, date, serial); where a swap crosses from one part to the next, the name and birth date stay.
BLOCKS = {
    "birth_day * 1000000 + village_code": "TRUE",
    "nik_code // 10000": _near(0, 4),
    "(nik_code // 10000000000 * 10000 + nik_code % 10000) * 100000 + birth_day": _near(4, 10),
    "nik_code % 10000000000": _near(10, 16),
    "name_code * 100000 + birth_day": "TRUE",
    "name_code * 1000000 + village_code": "TRUE",
}


def record_key(nik: str | None, name: str, birth_date: date | None) -> str:
    """A stable key of a record, for remembering what a person decided about it; spelling variants share it."""
    text = "|".join((nik or "", name_key(name) or "", birth_date.isoformat() if birth_date else ""))
    return sha256(text.encode()).hexdigest()


def record_keys(records: pl.DataFrame) -> pl.Series:
    """`record_key` of every row of a frame with nik, name and birth_date."""
    rows = records.select("nik", "name", "birth_date").iter_rows()
    return pl.Series("record_key", [record_key(nik, name or "", born) for nik, name, born in rows], dtype=pl.String)


def link(
    records: pl.DataFrame, *, register: pl.DataFrame | None = None, decisions: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Find for each record the earlier record, or the register's, that is or may be the same person.

    Both frames have the columns of `RECORD`; `id` is the order of arrival in `records` and the worker in `register`.
    `decisions` (columns of `DECISION`) are answers people gave: a pair called different is never shown again, a pair
    called the same is `same`. At most one finding per record, in the order of id:

    - `same`: the same NIK and an agreeing name, also if the birth date was mended.
    - `conflict`: the NIK of another person (the register's holder, else the first in the run).
    - `probable`: a near NIK, no NIK or two sound NIKs, with the name, birth date and village that agree; also the
      same NIK and birth date under a name that only partly agrees.

    Where a record is the same as one and in conflict with the holder of its NIK, the conflict is told.

    Every record passed in counts as seen: the caller leaves out rejected rows and keeps those that were accepted,
    are duplicates or wait for a person. A NIK that has a problem is passed as null.
    """
    with duckdb.connect() as engine:
        engine.execute("SET preserve_insertion_order = false")
        _prepare(engine, records, register)
        for key, condition in BLOCKS.items():
            engine.execute(_sql("block").format(key=key, condition=condition, limit=LIMIT))
        engine.execute(_sql("compare"))
        _judge_names(engine)
        _recall_decisions(engine, decisions)
        return _frame(engine, _sql("decide"))


def _sql(name: str) -> str:
    return files("salawaku.linkage").joinpath("data", f"{name}.sql").read_text(encoding="utf-8")


def _frame(engine: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    return cast("pl.DataFrame", engine.sql(query).pl())


def _prepare(engine: duckdb.DuckDBPyConnection, records: pl.DataFrame, register: pl.DataFrame | None) -> None:
    sides = [records.select(pl.lit(value=True).alias("in_run"), *_columns()).sort("id")]
    if register is not None:
        sides.insert(0, register.select(pl.lit(value=False).alias("in_run"), *_columns()).sort("id"))
    engine.register("incoming", _coded(pl.concat(sides)))
    engine.execute("CREATE TABLE people AS SELECT * FROM incoming")
    engine.execute(_sql("identities"))


def _columns() -> list[pl.Expr]:
    return [pl.col(name).cast(kind) for name, kind in RECORD.items()]


def _coded(people: pl.DataFrame) -> pl.DataFrame:
    """Numbers in place of the texts that are only compared for equality."""
    keyed = people.with_columns(name_key=name_keys(people["name"])).drop_nulls("name_key").with_row_index("person")

    def code(text: str) -> pl.Expr:
        return pl.col(text).cast(pl.Categorical).to_physical().cast(pl.Int64)

    return keyed.select(
        pl.col("person").cast(pl.Int64),
        "id",
        "in_run",
        "name_key",
        "birth_date",
        "sex",
        nik_code=pl.when(pl.col("nik").str.len_bytes() == 16).then(pl.col("nik").cast(pl.Int64, strict=False)),
        name_code=code("name_key"),
        village_code=code("village"),
        birth_day=pl.col("birth_date").to_physical().cast(pl.Int64),
    )


def _judge_names(engine: duckdb.DuckDBPyConnection) -> None:
    """Judge every pair of different name keys once, outside SQL."""
    unequal = _frame(
        engine,
        "SELECT DISTINCT left_code, right_code, left_name, right_name FROM compared WHERE left_code <> right_code",
    )
    verdicts = keys_agree(unequal["left_name"], unequal["right_name"])
    engine.register("judged", unequal.select("left_code", "right_code").hstack(verdicts))


def _recall_decisions(engine: duckdb.DuckDBPyConnection, decisions: pl.DataFrame | None) -> None:
    """The pairs that a person has answered, in whichever order they were shown; the later answer counts."""
    answers = pl.DataFrame(schema=DECISION) if decisions is None else decisions.select(*DECISION)
    pairs = pl.DataFrame(schema={"person": pl.Int64, "other": pl.Int64, "same": pl.Boolean})
    if not answers.is_empty():
        pairs = _answered(engine, answers)
    engine.register("decided", pairs)


def _answered(engine: duckdb.DuckDBPyConnection, answers: pl.DataFrame) -> pl.DataFrame:
    given = answers.with_row_index("order")
    turned = given.select("order", left_key="right_key", right_key="left_key", same="same")
    both = (
        pl.concat([given, turned]).sort("order").unique(["left_key", "right_key"], keep="last", maintain_order=True)
    )
    people = _frame(
        engine,
        "SELECT person, lpad(CAST(nik_code AS VARCHAR), 16, '0') AS nik, name_key AS name, birth_date FROM people",
    )
    keys = people.select("person", key=record_keys(people))
    pairs = _frame(engine, "SELECT person, other FROM compared")
    keyed = pairs.join(keys.rename({"key": "left_key"}), on="person").join(
        keys.select(other="person", right_key="key"), on="other"
    )
    return keyed.join(both, on=["left_key", "right_key"]).select("person", "other", "same")
