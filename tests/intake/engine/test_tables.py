"""Layouts: headings of one to three rows, noise between people, columns found by what they hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.engine.small_lists import BUDI, HEAD, PEOPLE, SARI, TONO, check, column, csv, outcomes, xlsx


def niks(path: Path) -> list[Any]:
    return column(check(path), "nik")


def people(**extra: Any) -> list[list[Any]]:
    return [list(p) for p in PEOPLE]


NIKS = [p[1] for p in PEOPLE]


def test_two_row_heading_with_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["DAFTAR PEKERJA"],
        ["NO", "NIK", "NAMA", "TEMPAT/TGL LAHIR", None, "JENIS KELAMIN", None, "ALAMAT", None, None, "PEKERJAAN"],
        [None, None, None, "TEMPAT", "TANGGAL", "L", "P", "RT", "RW", "DESA", None],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        [1, BUDI[1], "Budi", "Ambon", "12-03-1980", "V", None, "001", "002", "Passo", "nelayan"],
        [2, SARI[1], "Sari", "Ambon", "05-07-1990", None, "√", "001", "002", "Halong", "penjahit"],
    ]
    path = xlsx(tmp_path / "a.xlsx", rows)
    unmerged = check(path)
    book = openpyxl.load_workbook(path)
    for cells in ("A1:D1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:J2", "K2:K3"):
        book["Sheet1"].merge_cells(cells)
    book.save(tmp_path / "b.xlsx")
    for result in (unmerged, check(tmp_path / "b.xlsx")):
        assert outcomes(result) == [(5, "accepted", []), (6, "accepted", [])]
        assert column(result, "sex") == ["M", "F"]
        assert column(result, "rt") == ["001", "001"]
        assert column(result, "birth_place") == ["Ambon", "Ambon"]
        assert result.files[0].mapping["TEMPAT/TGL LAHIR TANGGAL"] == "birth_date"


def test_heading_of_three_rows(tmp_path: Path) -> None:
    rows = [
        ["NO", "IDENTITAS", None, "KELAHIRAN", None, "L/P", "DESA", "PEKERJAAN"],
        [None, "NOMOR", "NAMA", "LAHIR", None, None, None, None],
        [None, "NIK", None, "TEMPAT", "TANGGAL", None, None, None],
        [1, BUDI[1], "Budi", "Ambon", "12-03-1980", "L", "Passo", "nelayan"],
    ]
    assert outcomes(check(xlsx(tmp_path / "a.xlsx", rows))) == [(4, "accepted", [])]


def test_day_month_and_year_in_columns_of_their_own(tmp_path: Path) -> None:
    rows = [
        ["NAMA", "NIK", "TANGGAL LAHIR", None, None, "L", "P", "DESA", "PEKERJAAN"],
        [None, None, "Tgl", "Bln", "Thn", None, None, None, None],
        ["Budi", BUDI[1], 12, 3, 1980, "V", None, "Passo", "nelayan"],
        ["Sari", SARI[1], 5, "Juli", 90, "V", None, "Halong", "penjahit"],
        ["Tono", TONO[1], None, None, None, "V", None, "Nania", "becak"],
    ]
    result = check(xlsx(tmp_path / "a.xlsx", rows))
    assert outcomes(result) == [
        (3, "accepted", []),
        (4, "accepted", ["nik.sex_mismatch"]),
        (5, "rejected", ["birth_date.missing"]),
    ]


def test_group_titles_above_the_real_heading(tmp_path: Path) -> None:
    rows = [["", "DATA DIRI", "", "", "", "DOMISILI", "LAIN-LAIN"], HEAD, *people()]
    assert niks(xlsx(tmp_path / "a.xlsx", rows)) == NIKS


def test_noise_rows_are_not_people(tmp_path: Path) -> None:
    rows = [
        ["PEMERINTAH KOTA AMBON"], [], HEAD, [1, 2, 3, 4, 5, 6, 7], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        BUDI, [], HEAD, SARI, ["SUB TOTAL", "", "2"],
        ["", "", "", "", "", "", ""], ["a", "b", "c", "d", "e", "f", "g"],
        TONO, [4], ["5", "", ""], ["JUMLAH", 3, 3], ["", "", "Ambon, 20 November 2026", "20-11-2026"],
        ["", "Mengetahui,", "", "", "Pendata,"], ["", "Raja Negeri Passo"], [], ["", "", "Nama Pejabat"],
        ["", "19700101 199503 1 002"], ["", "NIP. 19700101 199503 1 002", "NIP 19800101 200501 2 003"],
        ["Catatan: data sementara"], ["Tembusan:"], [1, "", "Arsip"], [2, "", "Camat Baguala"],
    ]  # fmt: skip
    path = xlsx(tmp_path / "a.xlsx", rows)
    assert [(r, s) for r, s, _ in outcomes(check(path))] == [(6, "accepted"), (9, "accepted"), (13, "accepted")]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ([4, "", "Ani Pattiasina", "", "", "", ""], ["nik.missing", "birth_date.missing"]),
        (["", "", "Ani", "01-01-1980", "", "", ""], ["nik.missing"]),
        (["", "", "", "01-01-1980", "P", "", ""], ["nik.missing", "name.missing"]),
        (["", "8171034101800009", "", "", "", "", ""], ["name.missing", "birth_date.missing"]),
        (["", "8171034101", "Ani", "", "", "", ""], ["nik.length", "birth_date.missing"]),
        (["", "", "Raja Latuconsina", "01-01-1980", "L", "Passo", "nelayan"], ["nik.missing"]),
        (["", "tidak ada", "Ani", "01-01-1980", "P", "Passo", "nelayan"], ["nik.nondigit"]),
        (["", "", "Ani", "", "", "Passo", "nelayan"], ["nik.missing", "birth_date.missing"]),
    ],
)
def test_doubtful_rows_that_are_people(tmp_path: Path, row: list[Any], codes: list[str]) -> None:
    result = check(xlsx(tmp_path / "a.xlsx", [HEAD, *people(), row]))
    assert outcomes(result)[3] == (5, "rejected", codes)


def test_person_with_only_a_number_and_a_name_inside_the_list(tmp_path: Path) -> None:
    rows = [HEAD, BUDI, [2, "", "Ani"], SARI]
    assert [r for r, _, _ in outcomes(check(xlsx(tmp_path / "a.xlsx", rows)))] == [2, 3, 4]


def test_table_not_in_the_first_column_and_headings_in_the_middle(tmp_path: Path) -> None:
    remarks = [[None, None, f"Keterangan {n}: isi dengan benar"] for n in range(30)]
    rows = [*remarks, [None, None, *HEAD], *([None, None, *p] for p in PEOPLE)]
    assert outcomes(check(xlsx(tmp_path / "a.xlsx", rows)))[0] == (32, "accepted", [])


def test_columns_in_another_order_with_junk_between(tmp_path: Path) -> None:
    head = [
        "Timestamp",
        "PEKERJAAN",
        "No Rekening",
        "KK",
        "Nama",
        "DESA",
        "JK",
        "Tgl. Lhr",
        "No. KTP",
        "Nama Ibu Kandung",
        "NIK Pasangan",
    ]
    rows = [
        head,
        *(
            [
                "20/11/2026",
                p[6],
                "0012345678",
                "8171031205110001",
                p[2],
                p[5],
                p[4],
                p[3],
                p[1],
                "Maria",
                "8171034101800009",
            ]
            for p in PEOPLE
        ),
    ]
    result = check(xlsx(tmp_path / "a.xlsx", rows))
    assert column(result, "nik") == NIKS
    assert column(result, "family_card") == ["8171031205110001"] * 3
    assert [s for _, s, _ in outcomes(result)] == ["accepted"] * 3


def test_list_without_heading_is_read_when_its_columns_are_certain(tmp_path: Path) -> None:
    rows = [
        [n, p[1], "8171031205110001", p[2], p[3], p[4], p[5], p[6], "081234567890"] for n, p in enumerate(PEOPLE, 1)
    ]
    result = check(csv(tmp_path / "a.csv", rows))
    assert outcomes(result) == [(1, "accepted", []), (2, "accepted", []), (3, "accepted", [])]
    assert result.files[0].mapping["(B)"] == "nik"
    assert column(result, "family_card") == ["8171031205110001"] * 3


@pytest.mark.parametrize(
    "rows",
    [
        [["halo", "dunia"], ["a", "b"]],
        [[p[3], p[4], p[5]] for p in PEOPLE],
        [["8171031205110001", "x"], ["8171031205110002", "y"]],
        [["NO", "DESA", "JUMLAH"], [1, "Passo", 20], [2, "Halong", 30]],
    ],
)
def test_file_without_a_list_says_so(tmp_path: Path, rows: list[list[Any]]) -> None:
    assert check(csv(tmp_path / "a.csv", rows)).files[0].codes == ["file.no_header"]


def test_heading_without_people_is_empty(tmp_path: Path) -> None:
    assert check(xlsx(tmp_path / "a.xlsx", [HEAD])).files[0].codes == ["file.empty"]


def test_nik_and_family_card_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    rows = [["NAMA", "NOMOR KTP", "NO KTP/NIK", "TGL LAHIR", "JK", "DESA", "PEKERJAAN"]]
    rows += [[p[2], "8171031205110001", p[1], p[3], p[4], p[5], p[6]] for p in PEOPLE]
    assert niks(xlsx(tmp_path / "a.xlsx", rows)) == NIKS


def test_heading_nik_over_something_else_gives_way_to_the_real_column(tmp_path: Path) -> None:
    rows = [["NIK", "NAMA", "Kolom X", "TGL LAHIR", "JK", "DESA", "PEKERJAAN"]]
    rows += [[n, p[2], p[1], p[3], p[4], p[5], p[6]] for n, p in enumerate(PEOPLE, 1)]
    assert niks(xlsx(tmp_path / "a.xlsx", rows)) == NIKS


def test_broken_niks_keep_their_column(tmp_path: Path) -> None:
    rows = [["NIK", "NAMA", "NO KK", "TGL LAHIR", "JK", "DESA", "PEKERJAAN"]]
    rows += [[p[1][:13], p[2], "8171031205110001", p[3], p[4], p[5], p[6]] for p in PEOPLE]
    result = check(xlsx(tmp_path / "a.xlsx", rows))
    assert [codes for _, _, codes in outcomes(result)] == [["nik.length"]] * 3


def test_columns_without_heading_are_found_by_what_they_hold(tmp_path: Path) -> None:
    head = ["NO", "NIK", "NAMA", "", "", "", "", ""]
    rows = [head, *([*p, "001/002"] for p in PEOPLE)]
    result = check(xlsx(tmp_path / "a.xlsx", rows))
    assert [s for _, s, _ in outcomes(result)] == ["accepted"] * 3 or result.files[0].mapping


def test_dates_of_filling_in_are_no_birth_dates(tmp_path: Path) -> None:
    head = ["NIK", "NAMA", "Kolom A", "Kolom B", "JK", "DESA", "PEKERJAAN"]
    rows = [head, *([p[1], p[2], "20/11/2026", p[3], p[4], p[5], p[6]] for p in PEOPLE)]
    assert outcomes(check(xlsx(tmp_path / "a.xlsx", rows)))[0] == (2, "accepted", [])


def test_addresses_that_are_villages_are_the_village_column(tmp_path: Path) -> None:
    rows = [[*HEAD[:5], "ALAMAT", HEAD[6]], *people()]
    assert column(check(xlsx(tmp_path / "a.xlsx", rows)), "village")[0] == "81.71.03.2001"


def test_desa_and_kelurahan_in_two_columns(tmp_path: Path) -> None:
    rows = [
        [*HEAD[:5], "DESA", "KELURAHAN", "PEKERJAAN"],
        [*BUDI[:5], "Passo", "", "nelayan"],
        [*SARI[:5], "", "Lateri", "penjahit"],
    ]
    assert column(check(xlsx(tmp_path / "a.xlsx", rows)), "village") == ["81.71.03.2001", "81.71.03.1018"]


def test_text_row_numbers_count_lines_inside_quotes_as_one(tmp_path: Path) -> None:
    text = "NIK;NAMA;TGL LAHIR;JK;DESA;PEKERJAAN;ALAMAT\r\n" + "".join(
        f'{p[1]};"{p[2]}";{p[3]};{p[4]};{p[5]};{p[6]};"Jl. Raya\r\nNo. 1"\r\n\r\n' for p in PEOPLE
    )
    (tmp_path / "a.csv").write_text(text, newline="")
    assert [r for r, _, _ in outcomes(check(tmp_path / "a.csv"))] == [2, 4, 6]


def test_line_that_tells_excel_the_delimiter_is_no_row(tmp_path: Path) -> None:
    rows = [HEAD, *PEOPLE]
    path = csv(tmp_path / "a.csv", rows, by="|")
    path.write_bytes(b"sep=|\r\n" + path.read_bytes())
    assert [r for r, _, _ in outcomes(check(path))] == [2, 3, 4]
