"""The maker of lists: the same for a seed, and its truth tells what stands in the files."""

from __future__ import annotations

import csv
import filecmp
import json
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from salawaku.demo.lists import City, Truth, make_city, write_lists
from salawaku.regions.table import region_table

ROW_CODES = {
    *("nik.missing", "nik.length", "nik.nondigit", "name.missing", "birth_date.missing", "birth_date.invalid"),
    *("eligibility.age", "eligibility.excluded_occupation", "nik.conflict", "duplicate.probable"),
    *("occupation.unknown", "village.unknown", "village.ambiguous"),
    *("nik.birth_mismatch", "nik.sex_mismatch", "nik.unknown_region"),
}
FILE_CODES = {
    *("file.nik_precision_lost", "file.no_header", "file.empty", "file.unreadable", "file.repeated"),
}
Made = tuple[City, Path, Truth]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("lists")
    city = make_city(5000, 7, region_table())
    return city, folder, write_lists(city, folder, layouts="held_out")


def cells_of(path: Path) -> dict[tuple[str, int], list[str]]:
    """All rows of a file as text, by sheet and row number."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        rows = {
            (sheet.title, number): row
            for sheet in book
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
        }
    elif path.suffix in (".ods", ".xls"):
        book = CalamineWorkbook.from_path(path)
        rows = {
            (name, number): row
            for name in book.sheet_names
            for number, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
        }
    else:
        rows = {("", number): row for number, row in enumerate(read_csv(path), 1)}
    return {place: ["" if cell is None else str(cell) for cell in row] for place, row in rows.items()}


def read_csv(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
    delimiter = max(";,\t", key=text.count)
    return list(csv.reader(text.splitlines(), delimiter=delimiter))


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_lists(make_city(600, 3, region_table()), tmp_path / name, layouts="held_out")

    names = sorted(file.name for file in (tmp_path / "a").iterdir())
    equal, different, odd = filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", names, shallow=False)

    assert (different, odd) == ([], [])
    assert equal == names


def test_another_seed_makes_other_people() -> None:
    one, other = (make_city(300, seed, region_table()) for seed in (1, 2))

    assert not {p.nik for p in one.people} & {p.nik for p in other.people}


def test_every_row_of_the_truth_stands_where_it_says(made: Made) -> None:
    city, folder, truth = made
    wrong = []
    for file, rows in truth.files.items():
        cells = cells_of(folder / file)
        for place, row in rows.items():
            sheet, number = place.rsplit("!", 1)
            found = cells.get((sheet, int(number)), [])
            if not shows(found, row["fields"]["nik"], city.people[row["person"]].name):
                wrong.append((file, place, found, row))

    assert sum(len(rows) for rows in truth.files.values()) > 5000
    assert wrong[:3] == []


def shows(cells: list[str], nik: str, name: str) -> bool:
    digits = {re.sub(r"\D", "", cell.removesuffix(".0")) for cell in cells}
    words = re.findall(r"\w+", " ".join(cells).casefold())
    return nik in digits or name.casefold().split()[-1] in words


def test_no_row_of_a_person_is_missing_from_the_truth(made: Made) -> None:
    _, folder, truth = made
    for file, rows in truth.files.items():
        cells = cells_of(folder / file)
        heirs = any("waris" in cell.casefold() for row in cells.values() for cell in row)
        known = {(place.rsplit("!", 1)[0], int(place.rsplit("!", 1)[1])) for place in rows}
        for place, row in cells.items():
            looks_like_a_nik = [c for c in row if re.fullmatch(r"\d{16}", re.sub(r"[' .-]", "", c))]
            assert heirs or place in known or not looks_like_a_nik, (file, place, row)


def test_every_code_of_the_contract_occurs(made: Made) -> None:
    _, _, truth = made
    codes = {c for rows in truth.files.values() for row in rows.values() for c in row["codes"] or ()}
    file_codes = {code for status in truth.file_status.values() for code in status["codes"]}

    assert codes == ROW_CODES
    assert file_codes == FILE_CODES


def test_every_outcome_occurs_and_files_stand_in_name_order(made: Made) -> None:
    _, folder, truth = made
    outcomes = Counter(row["expect"] for rows in truth.files.values() for row in rows.values())

    assert set(outcomes) == {"accepted", "duplicate", "review", "rejected"}
    assert truth.order == sorted(truth.order)
    assert {file.name for file in folder.iterdir()} == {*truth.order, "truth.json"}
    assert json.loads((folder / "truth.json").read_text()) == truth.as_dict()


def test_agencies_repeat_a_fifth_to_four_fifths_of_people(made: Made) -> None:
    _, _, truth = made
    by_file = {f: [row["person"] for row in rows.values()] for f, rows in truth.files.items()}
    villages = {p for file, people in by_file.items() if "-opd-" not in file for p in people}
    shares = [len(set(p) & villages) / len(set(p)) for file, p in by_file.items() if "-opd-" in file]

    assert len(shares) == 6
    assert all(0.15 < share < 0.85 for share in shares)


def test_layouts_differ_in_format_and_encoding(made: Made) -> None:
    _, _, truth = made

    assert {Path(file).suffix for file in truth.files} == {".xlsx", ".xls", ".ods", ".csv"}


def test_the_demo_family_is_tidy_and_has_the_formats_of_a_city(tmp_path: Path) -> None:
    truth = write_lists(make_city(1500, 4, region_table()), tmp_path)

    refused = [file for file, status in truth.file_status.items() if status["status"] == "refused"]
    assert len(refused) == 2
    assert len(truth.files) == 56
    assert {Path(file).suffix for file in truth.files} <= {".xlsx", ".csv"}


def test_an_unknown_family_of_layouts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown family"):
        write_lists(make_city(60, 1, region_table()), tmp_path, layouts="wild")
