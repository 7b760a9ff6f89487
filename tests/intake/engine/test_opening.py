"""Files by what they are: damaged, locked, blown up, mislabelled."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from salawaku.intake.engine.csvs import decode, delimiter_of, read_csv
from salawaku.intake.engine.htmls import read_html
from salawaku.intake.engine.limits import MOST_BYTES
from salawaku.intake.engine.opening import open_book
from salawaku.intake.engine.packages import exact_numbers, sheet_parts
from salawaku.intake.engine.refusals import FileRefused
from salawaku.intake.engine.report import file_message
from tests.intake.engine.small_lists import (
    BUDI,
    HEAD,
    PEOPLE,
    bare_xlsx,
    check,
    column,
    csv,
    outcomes,
    xlsx,
    xml_row,
    zipped,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def why(path: Path) -> str:
    result = check(path)
    assert result.files[0].codes == ["file.unreadable"]
    assert result.rows.height == 0
    assert path.name in file_message(result.files[0], "id")
    assert path.name in file_message(result.files[0], "en")
    return result.files[0].values["why"]


def test_two_hundred_megabytes_are_refused_without_reading(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert why(path) == "large"
    assert MOST_BYTES < 200_000_000


def test_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "bom.xlsx", [HEAD, BUDI])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings2.xml", "w") as part,
    ):
        for _ in range(40):
            part.write(b"0" * 10_000_000)
    assert path.stat().st_size < 2_000_000
    assert why(path) == "bomb"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 broken", "damaged"),
        (OLE + b"x" * 600, "damaged"),
        (OLE + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"<?xml version='1.0'?><a/>", "markup"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.4\x00\x01\x02\x03\x04\x05", "binary"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert why(path) == reason


def test_locked_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": "x"})
    data = bytearray(path.read_bytes())
    for at in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[at] |= 1
    path.write_bytes(bytes(data))
    assert why(path) == "password"


def test_archive_that_is_no_workbook(tmp_path: Path) -> None:
    assert why(zipped(tmp_path / "a.xlsx", {"hello.txt": "x"})) == "damaged"


def test_damaged_sheet(tmp_path: Path) -> None:
    assert why(bare_xlsx(tmp_path / "a.xlsx", "<row r='1'><c r='A1'></row></x>")) == "damaged"


def test_empty_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert check(tmp_path / "a.csv").files[0].codes == ["file.empty"]
    assert check(xlsx(tmp_path / "b.xlsx", [])).files[0].codes == ["file.empty"]
    (tmp_path / "c.csv").write_bytes(b"\r\n ;;\r\n")
    assert check(tmp_path / "c.csv").files[0].codes == ["file.empty"]


def test_workbook_with_only_hidden_sheets(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEAD, BUDI])
    text = zipfile.ZipFile(path).read("xl/workbook.xml").decode().replace('state="visible"', 'state="hidden"')
    parts = {n: zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist()} | {"xl/workbook.xml": text}
    assert why(zipped(tmp_path / "b.xlsx", parts)) == "sheets"


def test_zip_bomb_within_a_sheet_is_refused(tmp_path: Path) -> None:
    path = bare_xlsx(tmp_path / "a.xlsx", xml_row(1, HEAD[1:]) + xml_row(2, ["0" * 310_000_000]))
    assert path.stat().st_size < 2_000_000
    assert why(path) == "bomb"


def test_a_large_sheet_of_little_text_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salawaku.intake.engine.limits.MOST_STRINGS", 30_000)
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(3, 3_003))
    path = bare_xlsx(tmp_path / "a.xlsx", xml_row(1, HEAD[1:]) + xml_row(2, BUDI[1:]) + empty)
    assert outcomes(check(path)) == [(2, "accepted", [])]


@pytest.mark.parametrize("piece", range(400, 480, 7))
def test_exact_numbers_survive_any_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr("salawaku.intake.engine.packages.CHUNK", piece)
    path = bare_xlsx(tmp_path / "a.xlsx", "".join(xml_row(n, [9471011203800001 + 2 * n, "x"]) for n in range(1, 40)))
    assert exact_numbers(path, "Daftar", "A") == {n: str(9471011203800001 + 2 * n) for n in range(1, 40)}


def test_millions_of_empty_formatted_rows_cost_little(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(3, 3_000_003))
    path = bare_xlsx(tmp_path / "a.xlsx", xml_row(1, HEAD[1:]) + xml_row(2, BUDI[1:]) + empty)
    assert outcomes(check(path)) == [(2, "accepted", [])]


def test_forgotten_cell_far_away_is_named(tmp_path: Path) -> None:
    far = '<row r="900000"><c r="XFD900000" t="inlineStr"><is><t>x</t></is></c></row>'
    path = bare_xlsx(tmp_path / "a.xlsx", xml_row(1, HEAD[1:]) + xml_row(2, BUDI[1:]) + far)
    result = check(path)
    assert result.files[0].values == {"why": "sparse", "cell": "XFD900000"}
    assert "XFD900000" in file_message(result.files[0], "id")


def test_forgotten_cell_far_below_is_only_noise(tmp_path: Path) -> None:
    path = bare_xlsx(tmp_path / "a.xlsx", xml_row(1, HEAD[1:]) + xml_row(2, BUDI[1:]) + xml_row(100_000, [" ", "."]))
    assert outcomes(check(path)) == [(2, "accepted", [])]


def test_large_sheet_that_tells_its_size_is_not_scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salawaku.intake.engine.limits.SMALL", 0)
    data = xml_row(1, HEAD[1:]) + xml_row(2, BUDI[1:])
    told = bare_xlsx(tmp_path / "a.xlsx", data, dimension='<dimension ref="A1:F2"/>')
    wide = bare_xlsx(tmp_path / "b.xlsx", data + " ", dimension='<dimension ref="A1:XFD900000"/>')
    assert [f.status for f in check(told, wide).files] == ["read", "read"]
    assert open_book(bare_xlsx(tmp_path / "c.xlsx", "")).sheets[0].rows == []


def test_large_numbers_are_taken_as_the_file_writes_them(tmp_path: Path) -> None:
    rows = xml_row(1, HEAD[1:]) + "".join(
        xml_row(n, [nik, "Budi Latupono", "12-03-1980", "L", "Passo", "nelayan"])
        for n, nik in enumerate((9471011203800001, 9471011203800007, 8171031203800003), 2)
    )
    text = '<row r="5"><c r="A5" t="inlineStr"><is><t>9471011203800011</t></is></c></row>'
    path = bare_xlsx(tmp_path / "a.xlsx", rows + text)
    assert column(check(path), "nik")[:3] == ["9471011203800001", "9471011203800007", "8171031203800003"]
    assert exact_numbers(path, "Daftar", "A")[2] == "9471011203800001"
    assert exact_numbers(path, "Lain", "A") == {}


def test_parts_of_another_kind_of_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(zipped(tmp_path / "a.ods", {"content.xml": "x"})) as archive:
        assert sheet_parts(archive) == {}


@pytest.mark.parametrize("kind", ["number", "text", "scientific"])
def test_niks_that_lost_their_last_digit_refuse_the_file(tmp_path: Path, kind: str) -> None:
    wide = [[*BUDI] for _ in range(12)]
    for n, row in enumerate(wide):
        number = 8171030000000000 + n * 10 + 1203800000
        row[1] = {"number": number, "text": str(number), "scientific": "8,17103E+15"}[kind]
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *wide])
    result = check(path)
    assert (result.files[0].codes, result.rows.height) == (["file.nik_precision_lost"], 0)
    assert "Teks" in file_message(result.files[0], "id")


def test_number_cells_that_kept_all_digits_are_fine(tmp_path: Path) -> None:
    rows = [HEAD, *([p[0], int(p[1]), *p[2:]] for p in PEOPLE)]
    assert [s for _, s, _ in outcomes(check(xlsx(tmp_path / "a.xlsx", rows)))] == ["accepted"] * 3


def test_web_page_named_xls(tmp_path: Path) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{c}" for c in row) + "</tr>" for row in (HEAD, *PEOPLE))
    (tmp_path / "a.xls").write_text(f"<html><table>{cells}</table></html>")
    assert [s for _, s, _ in outcomes(check(tmp_path / "a.xls"))] == ["accepted"] * 3


def test_html_cells() -> None:
    sheet = read_html("x<td>a<br>b</td><table><tr><th colspan=2>c &amp; d<th colspan=x>e</tr></table>")
    assert sheet.rows == [["a b"], ["c & d", "", "e"]]


def test_csv_text_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    csv(tmp_path / "a.xlsx", [HEAD, *PEOPLE])
    assert [s for _, s, _ in outcomes(check(tmp_path / "a.xlsx"))] == ["accepted"] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert decode("NIK;NAMA;José\r\n".encode(encoding)) == "NIK;NAMA;José\r\n"


def test_short_texts() -> None:
    assert decode(b"ab") == "ab"
    assert delimiter_of("") == ","
    assert delimiter_of("a;b,c\n1;2,3\n") in ";,"


def test_unreadable_quotes(tmp_path: Path) -> None:
    text = 'NIK;NAMA\r\n"' + "x" * 10_000_100
    with pytest.raises(FileRefused) as caught:
        read_csv(text.encode())
    assert caught.value.values == {"why": "csv"}
