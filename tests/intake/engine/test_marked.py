"""The list that goes back, and what becomes of it when it returns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from salawaku.intake.engine.marked import write_marked
from salawaku.intake.engine.report import messages
from tests.intake.engine.small_lists import (
    BUDI,
    HEAD,
    SARI,
    TONO,
    check,
    column,
    csv,
    occupations,
    outcomes,
    places,
    xlsx,
)


def marked(result: Any, out: Path, **options: Any) -> openpyxl.Workbook:
    write_marked(result, out, places=places(), occupations=occupations(), **options)
    return openpyxl.load_workbook(out)


def faulty(tmp_path: Path) -> Path:
    rows = [
        ["NEGERI PASSO"],
        [*HEAD, "AGAMA"],
        [*BUDI, "Kristen"],
        [*SARI[:6], "??", ""],
        [3, "8171O31203800009", "=cmd|'/c calc'!A1", "12-03-1980", "L", "Passo", "+nelayan", "@x"],
        [*TONO[:3], "01-01-1976", *TONO[4:], "-1+2"],
        [5, *BUDI[1:], ""],
    ]
    return xlsx(tmp_path / "daftar.xlsx", rows)


def test_rows_to_mend_come_first_with_reasons_and_colours(tmp_path: Path) -> None:
    book = marked(check(faulty(tmp_path)), tmp_path / "m.xlsx")
    sheet = book["Sheet1"]
    table = [[c.value for c in row] for row in sheet.iter_rows(min_row=4)]
    assert table[0] == ["HASIL", "ALASAN", "LEMBAR ASAL", "BARIS ASAL", "ID BARIS", *HEAD, "AGAMA"]
    assert [row[0] for row in table[1:]] == [
        "Perlu diperbaiki", "Perlu diputuskan petugas", "Sudah ada", "Diterima", "Diterima",
    ]  # fmt: skip
    assert [row[3] for row in table[1:]] == ["5", "4", "7", "3", "6"]
    assert "huruf O" in table[1][1]
    assert "lembar Sheet1, baris 3" in table[3][1]
    assert sheet.freeze_panes == "B5"
    assert sheet.auto_filter.ref == "A4:M9"
    colours = {cell: sheet[cell].fill.fgColor.rgb for cell in ("G5", "H5", "I5", "G8", "G9", "I9")}
    assert colours["G5"] == colours["H5"] != colours["I5"] == colours["I9"] == colours["G8"]
    assert colours["G9"] not in (colours["G5"], colours["I5"])


def test_nothing_that_comes_back_is_a_formula(tmp_path: Path) -> None:
    rows = [[*HEAD, "CATATAN"], [*BUDI[:2], "=cmd|'/c calc'!A1", *BUDI[3:], "+1"], [*SARI[:-1], "@SUM(A1)", "-1+2"]]
    book = marked(check(csv(tmp_path / "a.csv", rows)), tmp_path / "m.xlsx")
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    assert {"=cmd|'/c calc'!A1", "+1", "@SUM(A1)", "-1+2"} <= {c.value for c in cells}


def test_first_sheet_counts_in_words(tmp_path: Path) -> None:
    lines = [row[0].value for row in marked(check(faulty(tmp_path)), tmp_path / "m.xlsx")["Ringkasan"].iter_rows()]
    assert "Daftar ini berisi 5 baris." in lines
    assert "Perlu diperbaiki: 1 baris." in lines


def test_marked_list_comes_back_mended(tmp_path: Path) -> None:
    marked(check(faulty(tmp_path)), tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    sheet = book["Sheet1"]
    sheet["G5"], sheet["H5"] = "8171031203850009", "Ani Lating"
    sheet["I5"] = "12-03-1985"
    sheet["L6"] = "penjahit"
    book.save(tmp_path / "m2.xlsx")
    result = check(tmp_path / "m2.xlsx")
    assert [s for _, s, _ in outcomes(result)] == [
        "accepted",
        "accepted",
        "accepted",
        "duplicate",
        "accepted",
    ] or sorted(s for _, s, _ in outcomes(result)) == ["accepted"] * 4 + ["duplicate"]
    assert set(result.files[0].mapping) == {"NIK", "NAMA", "TGL LAHIR", "L/P", "DESA", "PEKERJAAN"}


def test_village_of_sheet_or_sender_survives_the_round_trip(tmp_path: Path) -> None:
    rows = [HEAD[:5] + HEAD[6:], BUDI[:5] + BUDI[6:]]
    result = check(csv(tmp_path / "daftar.csv", rows), village="81.71.01.1006")
    marked(result, tmp_path / "m.xlsx", village="81.71.01.1006")
    assert column(check(tmp_path / "m.xlsx"), "village") == ["81.71.01.1006"]


def test_refused_file_says_why(tmp_path: Path) -> None:
    result = check(csv(tmp_path / "a.csv", [["halo"]]))
    book = marked(result, tmp_path / "m.xlsx")
    assert book.sheetnames == ["Ringkasan"]
    assert "a.csv" in book["Ringkasan"]["A3"].value


def test_sheets_keep_their_names_apart(tmp_path: Path) -> None:
    names = ["Daftar usulan pekerja rentan", "Daftar usulan pekerja rentan 2", "Rekap", "Simpan"]
    sheets = ([HEAD, BUDI], [HEAD, SARI], [["Jumlah", 2]], [HEAD, TONO])
    path = xlsx(tmp_path / "a.xlsx", *sheets, names=names)
    book = openpyxl.load_workbook(path)
    book["Simpan"].sheet_state = "hidden"
    book.save(path)
    written = marked(check(path), tmp_path / "m.xlsx")
    assert written.sheetnames == ["Ringkasan", "Daftar usulan pekerja ren", "Daftar usulan pekerja ren 2"]
    lines = [row[0].value for row in written["Ringkasan"].iter_rows()]
    assert "Lembar tersembunyi tidak dibaca: Simpan." in lines
    assert "Lembar tanpa daftar: Rekap." in lines


@pytest.mark.parametrize("language", ["id", "en"])
def test_messages_name_place_column_value_and_what_to_do(tmp_path: Path, language: Any) -> None:
    rows = [HEAD, [*BUDI[:3], "31-02-1984", *BUDI[4:]], [*SARI[:1], "8171031313800001", *SARI[2:]], TONO]
    register = pl.DataFrame({
        "id": [1], "nik": [TONO[1]], "name": ["Tono"], "birth_date": [None], "sex": ["M"], "village": [None],
    }, schema_overrides={"birth_date": pl.Date, "village": pl.String})  # fmt: skip
    told = list(
        messages(check(csv(tmp_path / "a.csv", rows), csv(tmp_path / "b.csv", [["x"]]), register=register), language)
    )
    assert [(m["file"], m["row"], m["code"]) for m in told] == [
        ("b.csv", None, "file.no_header"), ("a.csv", 2, "birth_date.invalid"), ("a.csv", 3, "nik.birth_mismatch"),
        ("a.csv", 4, "duplicate"),
    ]  # fmt: skip
    assert told[1]["value"] == "31-02-1984"
    assert "31-02-1984" in told[1]["text"]
    assert told[1]["column"] == ("tanggal lahir" if language == "id" else "birth date")
