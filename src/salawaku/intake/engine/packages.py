"""The parts of an xlsx file that calamine does not show: declared extents and the exact text of numbers."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
TAG = re.compile(rb"<[^<>]*>")
CHUNK = 1 << 22
MOST_TEXT = 1_000_000


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag)}


def _text(archive: zipfile.ZipFile, part: str) -> str:
    with archive.open(part) as file:
        return file.read(MOST_TEXT).decode("utf-8", errors="replace")


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The path of each sheet's part by the sheet's name; empty for anything but a plain xlsx."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = map(_attributes, RELATION.findall(_text(archive, "xl/_rels/workbook.xml.rels")))
    targets = {r["Id"]: r["Target"] for r in relations if "Id" in r and "Target" in r}
    sheets = map(_attributes, SHEET.findall(_text(archive, "xl/workbook.xml")))
    found = {
        s.get("name", ""): targets.get(next((v for k, v in s.items() if k.endswith(":id")), ""), "") for s in sheets
    }
    paths = {name: t.lstrip("/") if t.startswith("/") else f"xl/{t}" for name, t in found.items()}
    return {name: path for name, path in paths.items() if path in names}


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def declared_area(archive: zipfile.ZipFile, part: str) -> int | None:
    """Cells in the rectangle that the sheet says it uses, or None where it does not say."""
    with archive.open(part) as file:
        found = DIMENSION.search(file.read(8_192))
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    return (int(bottom) - int(top) + 1) * (column_number(right) - column_number(left) + 1)


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part piece by piece, each ending with a whole row; a row longer than a piece is cut rather than kept."""
    rest = b""
    with archive.open(part) as file:
        while data := file.read(CHUNK):
            data = rest + data
            end = _whole(data)
            rest = data[end:]
            yield data[:end]
    yield rest


def _whole(data: bytes) -> int:
    for ending in (b"row>", b"/>"):
        found = data.rfind(ending)
        if found >= 0:
            return found + len(ending)
    return len(data)


def holds_more_text(archive: zipfile.ZipFile, part: str, most: int) -> bool:
    """Whether the cells of a sheet hold more text than that, which its packed size does not tell."""
    found = 0
    for chunk in _chunks(archive, part):
        found += len(TAG.sub(b"", chunk))
        if found > most:
            return True
    return False


def filled_area(archive: zipfile.ZipFile, part: str) -> tuple[int, str]:
    """Cells in the rectangle around all filled cells, and the name of the farthest one."""
    rows, columns, last = [0, 0], [0, 0], (0, "")
    for chunk in _chunks(archive, part):
        for letters, digits in CELL.findall(chunk):
            row, column = int(digits), column_number(letters)
            rows = [min(rows[0] or row, row), max(rows[1], row)]
            columns = [min(columns[0] or column, column), max(columns[1], column)]
            last = max(last, (row * column, f"{letters.decode()}{row}"))
    if not rows[1]:
        return 0, ""
    return (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1), last[1]


def exact_numbers(path: Path, sheet: str, column: str) -> dict[int, str]:
    """The digits of the number cells of one column as the file writes them, by row."""
    found: dict[int, str] = {}
    cell = re.compile(
        rf'<(?:\w+:)?c\b([^>]*?\br="{column}(\d+)"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<'.encode()
    )
    with zipfile.ZipFile(path) as archive:
        part = sheet_parts(archive).get(sheet)
        for chunk in _chunks(archive, part) if part else ():
            found |= {int(row): text.decode() for tag, row, text in cell.findall(chunk) if b' t="s' not in tag}
    return found
