"""The least of the old binary Excel format that readers open: cells of text, numbers and dates.

No maintained package writes it any more, but offices still send it.
"""

from __future__ import annotations

import struct
from datetime import date, timedelta
from pathlib import Path

from salawaku.demo.lists.cells import Cell, Formula
from salawaku.demo.lists.grid import Grid

SECTOR = 512
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BOF, END_OF_PART, BOUNDSHEET, CODEPAGE, XF = 0x0809, 0x000A, 0x0085, 0x0042, 0x00E0
DIMENSIONS, LABEL, NUMBER, MERGED, ROW = 0x0200, 0x0204, 0x0203, 0x00E5, 0x0208
PLAIN_STYLE, DATE_STYLE, BUILT_IN_DATE = 0, 1, 14


def write_xls(path: Path, grids: list[Grid]) -> None:
    """Write the grids as the sheets of an xls file."""
    parts = [_sheet(grid) for grid in grids]
    styles = b"".join(_record(XF, struct.pack("<HH16x", 0, kind)) for kind in (0, BUILT_IN_DATE))
    head = _begin(0x0005) + _record(CODEPAGE, struct.pack("<H", 1200)) + styles
    names = [grid.name.encode("utf-16-le") for grid in grids]
    offset = len(head) + sum(4 + 8 + len(name) for name in names) + 4
    sheets = b""
    for part, name in zip(parts, names, strict=True):
        sheets += _record(BOUNDSHEET, struct.pack("<IBBBB", offset, 0, 0, len(name) // 2, 1) + name)
        offset += len(part)
    path.write_bytes(_compound(head + sheets + _record(END_OF_PART) + b"".join(parts)))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(kind: int) -> bytes:
    return _record(BOF, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _sheet(grid: Grid) -> bytes:
    width = max((len(row) for row in grid.rows), default=0)
    out = [_begin(0x0010), _record(DIMENSIONS, struct.pack("<IIHHH", 0, len(grid.rows), 0, width, 0))]
    out += [_record(ROW, struct.pack("<HHHHHHI", n - 1, 0, width, 255, 0, 0, 0x20)) for n in sorted(grid.hidden)]
    for at, row in enumerate(grid.rows):
        out += [_cell(at, column, cell) for column, cell in enumerate(row) if cell is not None]
    for top, left, bottom, right in grid.merges:
        out.append(_record(MERGED, struct.pack("<HHHHH", 1, top, bottom, left, right)))
    return b"".join(out) + _record(END_OF_PART)


def _cell(row: int, column: int, cell: Cell) -> bytes:
    value = cell.value if isinstance(cell, Formula) else cell
    style = PLAIN_STYLE
    if isinstance(value, date):
        style, value = DATE_STYLE, (value - date(1899, 12, 30)) // timedelta(days=1)
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, str):
        return _record(LABEL, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(NUMBER, place + struct.pack("<d", float(value or 0)))


def _compound(stream: bytes) -> bytes:
    """The stream in a compound file. Streams under 4096 bytes would need a second table: they are padded."""
    size = max(len(stream), 4096)
    count = -(-size // SECTOR)
    tables = 1
    while tables * 128 < count + 1 + tables:
        tables += 1
    table = [FAT_SECTOR] * tables + [END] + [tables + 2 + n for n in range(count - 1)] + [END]
    table += [FREE] * (tables * 128 - len(table))
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
                         0, tables, tables, 0, 4096, END, 0, END, 0)  # fmt: skip
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    folder = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, tables + 1, size)
    body = struct.pack(f"<{len(table)}I", *table) + folder.ljust(SECTOR, b"\0")
    return header + body + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return head + struct.pack("<36xIII", start, size, 0)
