"""The register of civil servants as the personnel office sends it: checked as columns, every refused row told."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from salawaku.intake.engine.cells import replaced
from salawaku.sponsors.sheets import NIP, Fault, digits, plain, read_table

COLUMNS = {
    "nip": NIP,
    "name": ("nama", "nama pegawai", "nama asn", "nama lengkap", "name"),
    "agency": ("opd", "kode opd", "instansi", "unit kerja", "perangkat daerah", "skpd", "agency"),
    "bank": ("bank", "nama bank"),
    "account": ("rekening", "no rekening", "nomor rekening", "no rek", "norek", "account"),
}
# The column that a person looks at to mend the row.
COLUMN_OF = {"nip": "NIP", "name": "NAMA", "agency": "OPD"}


class Register(NamedTuple):
    """What a file holds: the rows to take (sheet, row, nip, name, agency, bank, account) and the refused ones."""

    rows: pl.DataFrame
    faults: list[Fault]


def read_register(name: str, content: bytes, agencies: dict[str, str], *, agency: str = "") -> Register:
    """Read and check a register. `agencies` names the code of each agency by its code and its name in plain lower
    case words; `agency` is the office of all rows of a file that has no such column. Refusal as `read_table`."""
    frame = read_table(name, content, COLUMNS, {"nip", "name"} if agency else {"nip", "name", "agency"})
    frame = frame.with_columns(
        nip=digits("nip"),
        account=digits("account"),
        bank=pl.col("bank").fill_null("").str.slice(0, 60),
        name=pl.col("name").fill_null("").str.replace_all(r"\s+", " ").str.slice(0, 120),
        code=replaced(frame.select(plain("agency"))["agency"], agencies, pl.String),
    )
    if agency:
        frame = frame.with_columns(code=pl.col("code").fill_null(pl.lit(agency)))
    frame = frame.with_columns(fault=_fault())
    faults = frame.filter(pl.col("fault").is_not_null()).select("sheet", "row", "fault").rows()
    good = frame.filter(pl.col("fault").is_null())
    return Register(
        good.select("sheet", "row", "nip", "name", "code", "bank", pl.col("account").str.slice(0, 40)),
        [Fault(sheet, row, COLUMN_OF[fault.partition(".")[0]], fault) for sheet, row, fault in faults],
    )


def _fault() -> pl.Expr:
    """The first thing wrong with a row, null where nothing is."""
    valid = pl.col("nip").str.len_chars() == 18
    return (
        pl.when(pl.col("nip") == "")
        .then(pl.lit("nip.missing"))
        .when(pl.col("nip_number"))
        .then(pl.lit("nip.precision_lost"))
        .when(~valid)
        .then(pl.lit("nip.length"))
        .when(pl.col("name") == "")
        .then(pl.lit("name.missing"))
        .when(pl.col("code").is_null())
        .then(pl.lit("agency.unknown"))
        .when(~pl.col("nip").is_first_distinct())
        .then(pl.lit("nip.repeated"))
    )
