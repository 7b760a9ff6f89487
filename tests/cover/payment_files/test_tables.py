"""Finding the heading, and telling the tables apart."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.cover.payment_files import reading
from salawaku.cover.payment_files.rows import EARLIEST, without_person
from tests.cover.payment_files.reading import read, refused

HEAD = "Nomor Resi;Kode Iuran;Jumlah;Tanggal\n"
CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=60).filter(
    lambda text: not text.startswith("'") and not text[0].isdigit() and without_person(text) == text
)


@given(
    st.lists(st.tuples(CELL, CELL, st.integers(1, 10**12), st.dates(EARLIEST, date(2026, 11, 1))), min_size=1),
    st.sampled_from(";,\t|"),
)
def test_what_was_written_is_read(lines: list[tuple[str, str, int, date]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([["Resi", "Kode iuran", "Jumlah", "Tanggal"], *lines])
    assert [tuple(receipt[1:]) for receipt in read(text.getvalue())] == lines


def test_a_heading_stands_below_what_the_bank_puts_above() -> None:
    found = read("BANK MALUKU;;;\nRekening: 1;;;\n\n" + HEAD + ";;;\n'0001;a;5;2026-01-12\n")
    assert [(one.row, one.receipt) for one in found] == [(6, "0001")]


def test_a_cell_over_two_lines_keeps_the_count() -> None:
    assert "row 4, column Jumlah" in refused(HEAD + '1;"a\nb";5;2026-01-12\n2;b;x;2026-01-12\n')


def test_every_fault_up_to_twenty() -> None:
    told = refused(HEAD + "1;a;x;2026-01-12\n" * 23)
    assert told.startswith("Nothing was imported. Please mend in bank.txt: row 2, column Jumlah: “x” (write whole")
    assert (told.count("row "), "and 3 more" in told) == (20, True)


@pytest.mark.parametrize("content", [b"", b"\0\xff\xfe", b"PK\x03\x04" + b"x" * 300_000, b"{}", b"a;b\n1;2"])
def test_what_is_no_payment_file(content: bytes) -> None:
    assert "Missing: receipt" in refused(content, code="payment.columns")


def test_an_open_quote_does_not_swallow_lines() -> None:
    assert "not a line of a table" in refused(HEAD + '1;"a;5;2026-01-12\n2;b;5;2026-01-12\n')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert read((HEAD + "É1;a;5;2026-01-12\n").encode(encoding))[0].receipt == "É1"


def test_sizes_and_emptiness(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no payments" in refused(HEAD + "\n;;;\n", code="payment.empty")
    monkeypatch.setattr(reading, "LARGEST", 10)
    assert "20 MB" in refused(HEAD, code="payment.too_large")
