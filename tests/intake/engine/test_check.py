"""Whole files through the check: what becomes of each row, whatever the layout."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from salawaku.intake.engine.check import check_files, list_files
from salawaku.intake.engine.headings import layout_fingerprint
from salawaku.intake.engine.report import contract_json
from tests.intake.engine.small_lists import (
    ACCEPTED,
    BUDI,
    HEAD,
    PEOPLE,
    SARI,
    TONO,
    changed,
    check,
    column,
    csv,
    occupations,
    outcomes,
    places,
    rows_of,
    xlsx,
)


def test_plain_list(tmp_path: Path) -> None:
    result = check(xlsx(tmp_path / "a.xlsx", rows_of(*PEOPLE)))
    assert outcomes(result) == ACCEPTED
    assert column(result, "village") == ["81.71.03.2001", "81.71.03.2002", "81.71.03.2005"]
    assert column(result, "occupation") == ["nelayan_pesisir", "penjahit", "tukang_becak"]
    assert column(result, "sex") == ["M", "F", "M"]
    assert column(result, "birth_date")[0] == date(1980, 3, 12)
    assert result.totals() == {
        "rows": 3,
        "accepted": 3,
        "duplicate": 0,
        "review": 0,
        "rejected": 0,
        "files_refused": 0,
    }


@pytest.mark.parametrize(
    ("cells", "status", "codes"),
    [
        ({"nik": ""}, "rejected", ["nik.missing"]),
        ({"nik": "817103120380000"}, "rejected", ["nik.length"]),
        ({"nik": "81710312038000011"}, "rejected", ["nik.length"]),
        ({"nik": "8171O31203800001"}, "rejected", ["nik.nondigit"]),
        ({"nik": "8.17103E+15"}, "rejected", ["nik.nondigit"]),
        ({"nik": "belum ada"}, "rejected", ["nik.nondigit"]),
        ({"nik": "'8171 0312.0380-0001 "}, "accepted", []),
        ({"name": ""}, "rejected", ["name.missing"]),
        ({"name": "-"}, "rejected", ["name.missing"]),
        ({"name": "Budi " * 50}, "rejected", ["name.missing"]),
        ({"name": "  Budi   Latupono "}, "accepted", []),
        ({"born": ""}, "rejected", ["birth_date.missing"]),
        ({"born": "-"}, "rejected", ["birth_date.missing"]),
        ({"born": "31-02-1980"}, "rejected", ["birth_date.invalid"]),
        ({"born": "??"}, "rejected", ["birth_date.missing"]),
        ({"born": "lupa"}, "rejected", ["birth_date.invalid"]),
        ({"born": "12-13-1980"}, "rejected", ["birth_date.invalid"]),
        ({"born": "12-03-2009", "nik": "8171031203090001"}, "rejected", ["eligibility.age"]),
        ({"born": "22-11-2008", "nik": "8171032211080001"}, "accepted", []),
        ({"born": "23-11-2008", "nik": "8171032311080001"}, "rejected", ["eligibility.age"]),
        ({"born": "22-11-1961", "nik": "8171032211610001"}, "rejected", ["eligibility.age"]),
        ({"born": "23-11-1961", "nik": "8171032311610001"}, "accepted", []),
        ({"work": "PNS"}, "rejected", ["eligibility.excluded_occupation"]),
        ({"work": "Anggota Polri"}, "rejected", ["eligibility.excluded_occupation"]),
        (
            {"nik": "", "name": "", "work": "TNI AD"},
            "rejected",
            ["nik.missing", "name.missing", "eligibility.excluded_occupation"],
        ),
        ({"work": "kerja apa saja"}, "review", ["occupation.unknown"]),
        ({"work": ""}, "review", ["occupation.unknown"]),
        ({"village": "Atlantis"}, "review", ["village.unknown"]),
        ({"village": ""}, "review", ["village.unknown"]),
        ({"village": "Nusaniwe"}, "review", ["village.ambiguous"]),
        ({"village": "Kecamatan Nusaniwe"}, "review", ["village.unknown"]),
        ({"village": "Kel. Nusaniwe"}, "accepted", []),
        ({"village": "Nusaniwe", "work": "??"}, "review", ["occupation.unknown", "village.ambiguous"]),
        ({"born": "12-03-1981"}, "accepted", ["nik.birth_mismatch"]),
        ({"sex": "P"}, "accepted", ["nik.sex_mismatch"]),
        ({"sex": ""}, "accepted", []),
        ({"nik": "8199031203800001"}, "accepted", ["nik.unknown_region"]),
        ({"nik": "8171991203800001"}, "accepted", ["nik.unknown_region"]),
        ({"nik": "8171001203800001"}, "accepted", ["nik.unknown_region"]),
        ({"nik": "9101011203800001"}, "accepted", []),
        ({"nik": "9202031203800001"}, "accepted", []),
        ({"nik": "8171031313800001"}, "rejected", ["nik.birth_mismatch"]),
        ({"nik": "1111111111111111"}, "rejected", ["nik.birth_mismatch"]),
        ({"nik": "8171032902810001", "born": "29-02-1980"}, "accepted", ["nik.birth_mismatch"]),
        ({"nik": "8171039901900001"}, "rejected", ["nik.birth_mismatch"]),
        (
            {"nik": "8199031203810001", "sex": "P"},
            "accepted",
            ["nik.birth_mismatch", "nik.sex_mismatch", "nik.unknown_region"],
        ),
    ],
)
def test_outcome_of_a_row(tmp_path: Path, cells: dict[str, Any], status: str, codes: list[str]) -> None:
    result = check(xlsx(tmp_path / "a.xlsx", rows_of(changed(BUDI, **cells), SARI, TONO)))
    assert outcomes(result)[0] == (2, status, codes)
    assert outcomes(result)[1:] == ACCEPTED[1:]


def test_empty_nik_beside_a_number_of_papua_leaves_that_number_whole(tmp_path: Path) -> None:
    people = [changed(BUDI, nik=""), changed(SARI, nik="9471010101900001", born="01-01-1990", sex="L")]
    result = check(csv(tmp_path / "a.csv", rows_of(*people)))
    assert column(result, "nik") == [None, "9471010101900001"]
    assert outcomes(result)[0] == (2, "rejected", ["nik.missing"])


def test_one_american_looking_row_among_iso_dates(tmp_path: Path) -> None:
    people = [changed(p, born=b) for p, b in zip(PEOPLE, ("1980-03-12", "1990-07-05", "31/12/1985"), strict=True)]
    people[2][1] = "8171033112850003"
    result = check(csv(tmp_path / "a.csv", rows_of(*people), by=","))
    assert column(result, "birth_date") == [date(1980, 3, 12), date(1990, 7, 5), date(1985, 12, 31)]
    assert [s for _, s, _ in outcomes(result)] == ["accepted"] * 3


def test_one_word_name_is_a_name(tmp_path: Path) -> None:
    assert column(check(csv(tmp_path / "a.csv", rows_of(TONO))), "name") == ["Tono"]


def test_phone_keeps_or_regains_its_zero(tmp_path: Path) -> None:
    phones = ("081234567890", 81234567890, "+62 812-3456-7890")
    rows = [[*HEAD, "NO HP"], *([*p, n] for p, n in zip(PEOPLE, phones, strict=True))]
    assert column(check(xlsx(tmp_path / "a.xlsx", rows)), "phone") == ["081234567890"] * 3


def test_receipt_number_stays_text_and_is_no_nik(tmp_path: Path) -> None:
    rows = [[*HEAD, "NO KWITANSI"], *([*p, "00000001"] for p in PEOPLE)]
    result = check(csv(tmp_path / "a.csv", rows))
    assert [s for _, s, _ in outcomes(result)] == ["accepted"] * 3
    assert "NO KWITANSI" not in result.files[0].mapping


def test_same_file_twice_in_one_run_is_refused(tmp_path: Path) -> None:
    one = csv(tmp_path / "a.csv", rows_of(*PEOPLE))
    other = csv(tmp_path / "b.csv", rows_of(*PEOPLE))
    result = check(one, other)
    assert [(f.status, f.codes, f.values) for f in result.files] == [
        ("read", [], {}),
        ("refused", ["file.repeated"], {"other": "a.csv"}),
    ]
    assert result.totals()["files_refused"] == 1


def test_file_loaded_before_is_refused(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", rows_of(*PEOPLE))
    digest = check(path).files[0].digest
    assert check(path, loaded={digest: "a.csv"}).files[0].codes == ["file.repeated"]


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert check(tmp_path / "none.xlsx").files[0].codes == ["file.unreadable"]


def test_person_seen_in_an_earlier_file_is_a_duplicate_and_told_where(tmp_path: Path) -> None:
    first = xlsx(tmp_path / "1.xlsx", rows_of(*PEOPLE))
    again = csv(tmp_path / "2.csv", rows_of(changed(BUDI, name="BUDI LATUPONO", work="??")))
    report = contract_json(check(first, again))
    told = report["files"][1]["rows"][0]
    assert (told["status"], told["codes"], told["sheet"]) == ("duplicate", [], "")
    assert told["duplicate_of"] == {"file": "1.xlsx", "sheet": "Sheet1", "row": 2}


def test_rejected_row_does_not_make_a_later_good_one_a_duplicate(tmp_path: Path) -> None:
    result = check(csv(tmp_path / "1.csv", rows_of(changed(BUDI, born=""), BUDI)))
    assert outcomes(result) == [(2, "rejected", ["birth_date.missing"]), (3, "accepted", [])]


def test_nik_of_someone_else_is_a_conflict(tmp_path: Path) -> None:
    result = check(csv(tmp_path / "1.csv", rows_of(BUDI, changed(TONO, nik=BUDI[1]))))
    assert outcomes(result)[1] == (3, "review", ["nik.conflict"])


def test_slip_in_the_sex_column_does_not_hide_a_probable_duplicate(tmp_path: Path) -> None:
    near = changed(BUDI, nik="8171031203800007", name="Budi Latupno")
    result = check(csv(tmp_path / "1.csv", rows_of(changed(BUDI, sex="P"), near)))
    assert outcomes(result) == [(2, "accepted", ["nik.sex_mismatch"]), (3, "review", ["duplicate.probable"])]


def test_register_counts_as_seen(tmp_path: Path) -> None:
    register = pl.DataFrame(
        {
            "id": [77],
            "nik": [BUDI[1]],
            "name": ["Budi Latupono"],
            "birth_date": [date(1980, 3, 12)],
            "sex": ["M"],
            "village": ["81.71.03.2001"],
        }
    )
    report = contract_json(check(csv(tmp_path / "1.csv", rows_of(BUDI)), register=register))
    assert report["files"][0]["rows"][0]["duplicate_of"] == {"register": 77}


def test_folders_are_walked_in_name_order_and_other_files_skipped(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", "truth.json", "~$a.xlsx", ".hidden.csv", "notes.pdf"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.ods").write_bytes(b"x")
    assert [p.name for p in list_files([tmp_path])] == ["a.xlsx", "b.csv", "c.ods"]


def test_progress_is_told_per_file(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    paths = [csv(tmp_path / f"{n}.csv", rows_of(p)) for n, p in enumerate(PEOPLE)]
    check(*paths, progress=lambda done, total, name: seen.append((done, total, name)))
    assert seen == [(1, 3, "0.csv"), (2, 3, "1.csv"), (3, 3, "2.csv")]


def test_remembered_mapping_goes_first(tmp_path: Path) -> None:
    rows = [[*HEAD[:-1], "STATUS X"], *(list(p) for p in PEOPLE)]
    path = xlsx(tmp_path / "a.xlsx", rows)
    assert outcomes(check(path))[0] == (2, "review", ["occupation.unknown"])
    key = layout_fingerprint([*HEAD[:-1], "STATUS X"])
    result = check(path, mappings={key: {"STATUS X": "occupation", "L/P": ""}})
    assert result.files[0].mapping["STATUS X"] == "occupation"
    assert "L/P" not in result.files[0].mapping
    assert outcomes(result) == ACCEPTED


def test_sender_tells_the_village_where_the_list_does_not(tmp_path: Path) -> None:
    rows = [HEAD[:5] + HEAD[6:], *(p[:5] + p[6:] for p in PEOPLE)]
    path = csv(tmp_path / "daftar.csv", rows)
    assert outcomes(check(path))[0] == (2, "review", ["village.unknown"])
    assert column(check(path, village="81.71.03.2002"), "village") == ["81.71.03.2002"] * 3


@pytest.mark.parametrize(
    ("lines", "name", "village"),
    [
        ([["PEMERINTAH KOTA AMBON"], ["KECAMATAN BAGUALA"], ["NEGERI PASSO"], []], "Sheet1", "81.71.03.2001"),
        ([["Data pekerja KELURAHAN NUSANIWE Kecamatan Nusaniwe"]], "Sheet1", "81.71.01.1006"),
        ([["Data pekerja NEGERI NUSANIWE TAHUN 2026"]], "Sheet1", "81.71.01.2003"),
        ([["Desa/Kelurahan", ":", "Batu Merah"]], "Sheet1", "81.71.02.2003"),
        ([["DESA NEGERI LAMA"]], "Sheet1", "81.71.03.2004"),
        ([["Desa/Negeri/Kelurahan", ": Negeri Ema"]], "Sheet1", "81.71.05.2002"),
        ([["KECAMATAN NUSANIWE"]], "Negeri Amahusu", "81.71.01.2004"),
        ([["KECAMATAN NUSANIWE"]], "Sheet1", None),
        ([["DINAS PERIKANAN KOTA AMBON"]], "Sheet1", None),
    ],
)
def test_village_from_the_letterhead_or_the_sheet(
    tmp_path: Path, lines: list[list[str]], name: str, village: str | None
) -> None:
    rows = [*lines, HEAD[:5] + HEAD[6:], *(p[:5] + p[6:] for p in PEOPLE)]
    result = check(xlsx(tmp_path / "daftar.xlsx", rows, names=[name]))
    assert column(result, "village") == [village] * 3


def test_village_from_the_file_name_or_the_signature(tmp_path: Path) -> None:
    rows = [HEAD[:5] + HEAD[6:], *(p[:5] + p[6:] for p in PEOPLE)]
    assert column(check(xlsx(tmp_path / "03-negeri-halong.xlsx", rows)), "village")[0] == "81.71.03.2002"
    signed = [*rows, [], ["", "", "Mengetahui"], ["", "", "Raja Negeri Passo"]]
    assert column(check(xlsx(tmp_path / "x.xlsx", signed)), "village") == ["81.71.03.2001"] * 3


def test_letterhead_decides_between_namesakes_in_the_column(tmp_path: Path) -> None:
    rows = [["KELURAHAN NUSANIWE"], HEAD, changed(BUDI, village="Nusaniwe")]
    assert column(check(xlsx(tmp_path / "a.xlsx", rows)), "village") == ["81.71.01.1006"]


def test_villages_as_subheadings(tmp_path: Path) -> None:
    head = HEAD[:5] + HEAD[6:]
    a, b, c = (p[:5] + p[6:] for p in PEOPLE)
    rows = [head, ["A. NEGERI PASSO"], a, ["B. DESA NANIA"], b, c]
    result = check(xlsx(tmp_path / "a.xlsx", rows))
    assert column(result, "village") == ["81.71.03.2001", "81.71.03.2005", "81.71.03.2005"]
    assert column(result, "row") == [3, 5, 6]


def test_many_sheets_hidden_ones_are_mentioned(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", rows_of(BUDI), rows_of(SARI), [["Rekap"], ["JUMLAH", 2]], rows_of(TONO))
    book = openpyxl.load_workbook(path)
    book["Sheet4"].sheet_state = "hidden"
    book["Sheet2"].row_dimensions[2].hidden = True
    book.save(path)
    result = check(path)
    assert column(result, "sheet") == ["Sheet1", "Sheet2"]
    assert (result.files[0].hidden, result.files[0].without) == (["Sheet4"], ["Sheet3"])


def test_sheet_of_names_beside_a_list_is_not_a_list(tmp_path: Path) -> None:
    recap = [["NAMA", "ALAMAT", "PEKERJAAN"], ["Ketua Tim", "Passo", "nelayan"]]
    result = check(xlsx(tmp_path / "a.xlsx", rows_of(*PEOPLE), recap))
    assert outcomes(result) == ACCEPTED
    assert result.files[0].without == ["Sheet2"]


def test_list_without_any_nik_column_is_read_and_rejected(tmp_path: Path) -> None:
    rows = [HEAD[:1] + HEAD[2:], *(p[:1] + p[2:] for p in PEOPLE)]
    assert [codes for _, _, codes in outcomes(check(xlsx(tmp_path / "a.xlsx", rows)))] == [["nik.missing"]] * 3


def test_two_tables_below_each_other_with_other_columns(tmp_path: Path) -> None:
    other = ["NAMA", "NIK", "PEKERJAAN", "TGL LAHIR"]
    rows = [
        ["DESA NANIA"], HEAD, BUDI, SARI, [], ["NEGERI HALONG"], other,
        ["Tono", TONO[1], "becak", "01-01-1975"], ["Ani", "8171034101750004", "penjahit", "01-01-1975"],
    ]  # fmt: skip
    result = check(xlsx(tmp_path / "a.xlsx", rows))
    assert outcomes(result) == [(3, "accepted", []), (4, "accepted", []), (8, "accepted", []), (9, "accepted", [])]
    assert column(result, "village")[2:] == ["81.71.03.2002"] * 2
    assert len(result.files[0].fingerprints) == 2


def test_garbage_is_not_collected_for_someone_who_turned_it_off(tmp_path: Path) -> None:
    gc.disable()
    try:
        check(csv(tmp_path / "a.csv", rows_of(BUDI)))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_age_on_a_leap_day(tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", rows_of(changed(BUDI, born="28-02-2010", nik="8171032802100001")))
    result = check_files([path], as_of=date(2028, 2, 29), places=places(), occupations=occupations())
    assert outcomes(result) == [(2, "accepted", [])]


def test_contract_document(tmp_path: Path) -> None:
    report = contract_json(check(csv(tmp_path / "a.csv", rows_of(BUDI)), csv(tmp_path / "b.csv", [["halo"]])))
    assert report["totals"] == {
        "rows": 1, "accepted": 1, "duplicate": 0, "review": 0, "rejected": 0, "files_refused": 1,
    }  # fmt: skip
    good, bad = report["files"]
    assert good["mapping"] == {
        "NIK": "nik", "NAMA": "name", "TGL LAHIR": "birth_date", "L/P": "sex", "DESA": "village",
        "PEKERJAAN": "occupation",
    }  # fmt: skip
    assert good["rows"] == [
        {
            "sheet": "", "row": 2, "status": "accepted", "codes": [], "nik": BUDI[1], "name": "Budi Latupono",
            "birth_date": "1980-03-12", "sex": "M", "village": "81.71.03.2001", "occupation": "nelayan_pesisir",
            "duplicate_of": None,
        }
    ]  # fmt: skip
    assert (bad["status"], bad["codes"], bad["rows"]) == ("refused", ["file.no_header"], [])
    assert "b.csv" in bad["messages"][0]


def test_run_without_any_row_has_totals(tmp_path: Path) -> None:
    assert contract_json(check(tmp_path))["totals"]["rows"] == 0
