"""Text files: encoding and delimiter found, rows counted as a spreadsheet would show them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter

from salawaku.intake.engine.cells import Row, Sheet
from salawaku.intake.engine.refusals import FileRefused

DELIMITERS = ";,\t|"
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEP_LINE = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)
SAMPLE = 64_000
NOT_TEXT = 0.02  # a text file holds next to no control characters


def decode(data: bytes) -> str:
    """The text of a file; UTF-8, UTF-16 with or without mark, else cp1252 as Excel in Indonesia writes it."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    guessed = _utf16_without_mark(data)
    if guessed:
        return data.decode(guessed, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if _looks_binary(text[:SAMPLE]):
        raise FileRefused("file.unreadable", why="binary")
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every second byte."""
    head = data[:4_000]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.3 and even < len(head) * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) * 0.3 and odd < len(head) * 0.05 else None


def _looks_binary(text: str) -> bool:
    odd = sum(1 for c in text if ord(c) < 32 and c not in "\t\r\n\f\x0b\x1a")
    return odd > len(text) * NOT_TEXT


def delimiter_of(text: str) -> str:
    """The delimiter that parts most lines into the same, largest number of cells."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _rows(text[:SAMPLE], delimiter)[:200] if row)
        score = sum(count * (width - 1) for width, count in widths.most_common(1))
        steady = max((count for width, count in widths.items() if width > 1), default=0) / max(widths.total(), 1)
        if score * steady > best_score:
            best, best_score = delimiter, score * steady
    return best


def _rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FileRefused("file.unreadable", why="csv") from error


def read_csv(data: bytes) -> Sheet:
    """The one sheet of a text file, its name empty. A leading "sep=;" line is not a row, as in Excel."""
    text = decode(data).replace("\x00", "").rstrip("\x1a")
    first, _, rest = text.partition("\n")
    told = SEP_LINE.match(first.strip())
    if told:
        text = rest
    rows: list[Row] = [list(row) for row in _rows(text, told[1] if told else delimiter_of(text))]
    return Sheet("", rows)
