"""Reports of virtual accounts."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.cover.payment_files.virtual_account import code_of_account
from tests.cover.payment_files.reading import read, refused


def test_the_code_stands_in_the_account_the_column_or_the_text() -> None:
    found = read(
        "No. VA|Nama|Kode Iuran|Keterangan|Nominal|Tanggal Transaksi|No Jurnal\n"
        "88082026010000011|SARI|||16.800|12/01/2026 08:15|000123\n"
        "8808000000000001|BUDI|202601-000002-1||16800|12/01/2026 08:16|000124\n"
        "8808000000000002|RINA||IURAN 202601-000003-1|16800|12/01/2026 08:17|000125\n"
        "8171039911223344|TONO||titip|16800|12/01/2026 08:18|000126\n"
    )
    assert [one.billing_code for one in found] == [
        "202601-000001-1", "202601-000002-1", "202601-000003-1", "•••3344",
    ]  # fmt: skip
    assert found[0][1:] == ("000123", "202601-000001-1", 16_800, date(2026, 1, 12))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("988 0820 2601 0000011", "202601-000001-1"),
        ("8808-2026010000129", "202601-000012-9"),
        ("88082026130000011", "88082026130000011"),
        ("", ""),
    ],
)
def test_a_virtual_account_may_end_in_a_code(number: str, code: str) -> None:
    assert code_of_account(number) == code


def test_a_line_without_account_is_named() -> None:
    head = "VA Number,Amount,Date,Journal\n"
    assert "row 2, column VA Number: “”" in refused(head + ",5,2026-01-12,1\n")
