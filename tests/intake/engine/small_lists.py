"""Small lists for the tests of the engine: rows as people type them, written in every kind of file."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from salawaku.intake.engine.check import RunResult, check_files
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.trades import Occupations

AS_OF = date(2026, 11, 22)
HEAD = ["NO", "NIK", "NAMA", "TGL LAHIR", "L/P", "DESA", "PEKERJAAN"]
BUDI = [1, "8171031203800001", "Budi Latupono", "12-03-1980", "L", "Passo", "nelayan"]
SARI = [2, "8171034507900002", "Sari Matulessy", "05-07-1990", "P", "Negeri Halong", "penjahit"]
TONO = [3, "8171030101750003", "Tono", "01-01-1975", "L", "Desa Nania", "tukang becak"]
PEOPLE = [BUDI, SARI, TONO]


@cache
def places() -> Places:
    """The shipped villages of Ambon."""
    return Places.shipped()


@cache
def occupations() -> Occupations:
    """The shipped occupations."""
    return Occupations.shipped()


def xlsx(path: Path, *sheets: Sequence[Sequence[Any]], names: Sequence[str] = ()) -> Path:
    """A workbook with one sheet per list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(names[n] if names else f"Sheet{n + 1}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def csv(path: Path, rows: Sequence[Sequence[Any]], *, by: str = ";", encoding: str = "utf-8") -> Path:
    """A text file with one line per row."""
    path.write_bytes("".join(by.join(map(str, row)) + "\r\n" for row in rows).encode(encoding))
    return path


def check(*paths: Path, **options: Any) -> RunResult:
    """The run over some files with the shipped tables."""
    return check_files(paths, as_of=AS_OF, places=places(), occupations=occupations(), **options)


def outcomes(result: RunResult) -> list[tuple[int, str, list[str]]]:
    """Row, status and codes of every row."""
    return list(result.rows.select("row", "status", "codes").iter_rows())


def column(result: RunResult, name: str) -> list[Any]:
    """One column of the result."""
    return result.rows[name].to_list()


def zipped(path: Path, parts: dict[str, str | bytes]) -> Path:
    """An archive with the given parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def bare_xlsx(path: Path, sheet_data: str, *, dimension: str = "") -> Path:
    """The smallest workbook around a hand-written sheet."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    )
    return zipped(
        path,
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Daftar" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" '
            f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{dimension}'
            f"<sheetData>{sheet_data}</sheetData></worksheet>",
        },
    )


def xml_row(number: int, cells: Sequence[str | int]) -> str:
    """One row of a hand-written sheet: texts inline, numbers as they are."""
    told = []
    for n, cell in enumerate(cells):
        place = f"{chr(65 + n)}{number}"
        if isinstance(cell, int):
            told.append(f'<c r="{place}"><v>{cell}</v></c>')
        else:
            told.append(f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>')
    return f'<row r="{number}">{"".join(told)}</row>'


def ods(path: Path, *tables: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    """A hand-made ODS file."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row
            )
            + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
            for row in rows
        )
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in tables
    )
    content = (
        f'<office:document-content xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0" '
        f'xmlns:text="{urn}:text:1.0"><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(path, {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


ACCEPTED = [(2, "accepted", []), (3, "accepted", []), (4, "accepted", [])]


def rows_of(*people: list[Any]) -> list[list[Any]]:
    return [HEAD, *people]


def changed(person: list[Any], **cells: Any) -> list[Any]:
    names = ["no", "nik", "name", "born", "sex", "village", "work"]
    return [cells.get(name, value) for name, value in zip(names, person, strict=True)]
