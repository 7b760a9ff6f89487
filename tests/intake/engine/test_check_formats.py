"""Every format a list may come in gives the same rows."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from salawaku.demo.lists.grid import Grid
from salawaku.demo.lists.xls import write_xls
from tests.intake.engine.small_lists import (
    ACCEPTED,
    BUDI,
    PEOPLE,
    SARI,
    TONO,
    changed,
    check,
    column,
    csv,
    ods,
    outcomes,
    rows_of,
    xlsx,
)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv", "utf-16", "cp1252", "tab", "pipe", "comma", "bom"])
def test_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    rows = [*rows_of(*PEOPLE[:2]), changed(TONO, name="Rahaya’an Sañto" if kind != "xlsx" else "Tono")]
    makers = {
        "xlsx": lambda: xlsx(tmp_path / "a.xlsx", rows),
        "ods": lambda: ods(tmp_path / "a.ods", ("Daftar", rows)),
        "csv": lambda: csv(tmp_path / "a.csv", rows),
        "utf-16": lambda: csv(tmp_path / "a.csv", rows, by="\t", encoding="utf-16"),
        "cp1252": lambda: csv(tmp_path / "a.csv", rows, encoding="cp1252"),
        "tab": lambda: csv(tmp_path / "a.tsv", rows, by="\t"),
        "pipe": lambda: csv(tmp_path / "a.txt", rows, by="|"),
        "comma": lambda: csv(tmp_path / "a.csv", rows, by=","),
        "bom": lambda: csv(tmp_path / "a.csv", rows, encoding="utf-8-sig"),
    }
    result = check(makers[kind]())
    assert outcomes(result) == ACCEPTED
    assert column(result, "name")[2] == rows[3][2]


def test_cells_of_every_type(tmp_path: Path) -> None:
    born = (datetime.fromisoformat("1980-03-12"), date(1990, 7, 5), 27395)
    people = [
        changed(p, born=b, nik=n) for p, b, n in zip(PEOPLE, born, (int(BUDI[1]), SARI[1], TONO[1]), strict=True)
    ]
    people[0].append("=1/0")
    result = check(xlsx(tmp_path / "a.xlsx", rows_of(*people)))
    assert outcomes(result) == ACCEPTED
    assert column(result, "birth_date") == [date(1980, 3, 12), date(1990, 7, 5), date(1975, 1, 1)]


def test_dates_of_the_other_epoch(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", rows_of(BUDI))
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["Sheet1"]["D2"] = date(1980, 3, 12)
    book.save(path)
    assert column(check(path), "birth_date") == [date(1980, 3, 12)]


def test_old_binary_workbook(tmp_path: Path) -> None:
    people = [changed(BUDI, nik=9101011203800002.0, born=date(1980, 3, 12)), SARI, TONO]
    write_xls(tmp_path / "a.xls", [Grid("Daftar", rows_of(*people))])
    assert outcomes(check(tmp_path / "a.xls")) == ACCEPTED
