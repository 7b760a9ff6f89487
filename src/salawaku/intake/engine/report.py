"""The result of a run as the JSON of the contract, and as sentences for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from salawaku.intake.engine.check import FileResult, RunResult
from salawaku.intake.engine.codes import WORDINGS, Language, file_wording, wording

ROW_FIELDS = ("sheet", "row", "status", "codes", "nik", "name", "birth_date", "sex", "village", "occupation")
RAW_OF = {
    "nik": "raw_nik", "name": "raw_name", "birth_date": "born_text", "sex": "sex_text", "village": "raw_village",
    "occupation": "raw_occupation",
}  # fmt: skip
LABELS = {
    "nik": ("NIK", "NIK"), "name": ("nama", "name"), "birth_date": ("tanggal lahir", "birth date"),
    "sex": ("jenis kelamin", "sex"), "village": ("desa/kelurahan", "village"),
    "occupation": ("pekerjaan", "occupation"),
}  # fmt: skip


def contract_json(result: RunResult) -> dict[str, Any]:
    """The document that `salawaku intake check --json` prints."""
    rows = result.rows.with_columns(pl.col("birth_date").dt.to_string("%Y-%m-%d"))
    by_file: dict[int, list[dict[str, Any]]] = {}
    for row in rows.select("id", "file", *ROW_FIELDS, "other_id", "other_side").iter_rows(named=True):
        told = {name: row[name] for name in ROW_FIELDS}
        told["duplicate_of"] = _origin(result, row) if row["other_id"] is not None else None
        by_file.setdefault(row["file"], []).append(told)
    files = [_file(file, by_file.get(number, [])) for number, file in enumerate(result.files)]
    return {"files": files, "totals": result.totals()}


def _file(file: FileResult, rows: list[dict[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "file": file.name,
        "status": file.status,
        "codes": file.codes,
        "mapping": file.mapping,
        "rows": rows,
    }
    if file.codes:
        told["messages"] = [file_message(file, "id"), file_message(file, "en")]
    return told


def _origin(result: RunResult, row: dict[str, Any]) -> dict[str, Any]:
    if row["other_side"] == "register":
        return {"register": row["other_id"]}
    other = result.rows.row(row["other_id"], named=True)
    return {"file": result.files[other["file"]].name, "sheet": other["sheet"], "row": other["row"]}


def file_message(file: FileResult, language: Language) -> str:
    """Why a file was refused, and what to do."""
    return file_wording(file.codes[0], language, file=file.name, **file.values)


def place_of(file: str, sheet: str, row: int, language: Language) -> str:
    """Where a row stands, in words."""
    words = ("lembar", "baris") if language == "id" else ("sheet", "row")
    return ", ".join([file, *([f"{words[0]} {sheet}"] if sheet else []), f"{words[1]} {row}"])


def row_messages(result: RunResult, row: dict[str, Any], language: Language) -> list[str]:
    """The sentences of one row (a named row of `result.rows`): where, which column, the value, what to do."""
    codes = row["codes"] or (["duplicate"] if row["status"] == "duplicate" else [])
    return [_sentence(result, row, code, language) for code in codes]


def _sentence(result: RunResult, row: dict[str, Any], code: str, language: Language) -> str:
    if code == "nik.birth_mismatch" and row["status"] == "rejected":
        code = "nik.impossible"
    name = WORDINGS[code].field
    value = row[RAW_OF[name]] or ""
    digits = sum(c.isdigit() for c in value)
    return wording(code, language, value=value, digits=digits, other=_other(result, row, language))


def _other(result: RunResult, row: dict[str, Any], language: Language) -> str:
    if row["other_id"] is None:
        return ""
    origin = _origin(result, row)
    if "register" in origin:
        return "data pekerja yang sudah terdaftar" if language == "id" else "a registered worker"
    return place_of(origin["file"], origin["sheet"], origin["row"], language)


def messages(result: RunResult, language: Language = "id") -> Iterator[dict[str, Any]]:
    """Every message of a run in order: file, sheet, row, column, code, value, text."""
    for file in result.files:
        for code in file.codes:
            yield {
                "file": file.name,
                "sheet": "",
                "row": None,
                "column": None,
                "code": code,
                "value": None,
                "text": file_message(file, language),
            }
    faulty = result.rows.filter((pl.col("codes").list.len() > 0) | (pl.col("status") == "duplicate"))
    for row in faulty.iter_rows(named=True):
        codes = row["codes"] or ["duplicate"]
        for code, text in zip(codes, row_messages(result, row, language), strict=True):
            field = WORDINGS[code].field
            yield {
                "file": result.files[row["file"]].name, "sheet": row["sheet"], "row": row["row"],
                "column": LABELS[field][0 if language == "id" else 1], "code": code,
                "value": row[RAW_OF[field]], "text": text,
            }  # fmt: skip
