"""Money in, money out."""

from __future__ import annotations

import pytest

from salawaku.cover.payment_files.signs import comes_in
from tests.cover.payment_files.reading import read


@pytest.mark.parametrize(
    ("sign", "came_in"),
    [("", True), (" Cr. ", True), ("K", True), ("KREDIT", True), ("DB", False), ("Debet", False), ("X", None)],
)
def test_the_words_of_banks(sign: str, came_in: bool | None) -> None:
    assert comes_in(sign) is came_in


def test_a_list_of_ours_may_tell_what_went_out() -> None:
    heading = "Nomor resi;Kode iuran;Jumlah;Tanggal;Jenis\n"
    found = read(heading + "1;202601-000001-1;5;2026-01-12;D\n2;202601-000001-1;5;2026-01-12;JKK\n")
    assert [one.receipt for one in found] == ["2"]


def test_a_list_of_virtual_accounts_may_tell_what_went_out() -> None:
    heading = "No Ref;No VA;Nominal;Tanggal;D/K\n"
    found = read(heading + "1;888820260100000 11;5;2026-01-12;D\n2;88882026010000011;5;2026-01-12;K\n")
    assert [one.receipt for one in found] == ["2"]
