"""Bank statements as tables."""

from __future__ import annotations

import pytest

from salawaku.cover.payment_files.bank_csv import incoming
from tests.cover.payment_files.reading import read, refused


def test_only_what_came_in_is_a_payment() -> None:
    found = read(
        '"Rekening";"0123"\nTanggal;Keterangan;Debet;Kredit;Saldo;No Ref\n'
        "12/01/26;TRF SARI 202601-000001-1;;33.600,00;1.033.600,00;0007\n"
        "12/01/26;BIAYA ADMIN;2.500,00;0,00;1.031.100,00;0008\n"
        "13/01/26;SETORAN BUDI;;5.000,00;1.036.100,00;\n"
    )
    assert [tuple(one[:4]) for one in found] == [
        (3, "0007", "202601-000001-1", 33_600),
        (5, "20260113-5000-1036100", "-", 5_000),
    ]


def test_a_column_may_tell_the_direction() -> None:
    found = read(
        "Date,Description,Type,Amount,Reference No.\n"
        '2026-01-12,202601-000001-1,CR,"33,600.00",A1\n2026-01-12,fee,DB,500,A2\n2026-01-13,x,K,7,A3\n'
    )
    assert [one.receipt for one in found] == ["A1", "A3"]


@pytest.mark.parametrize(
    ("amount", "sign", "money"),
    [
        ("16.800,00 CR", "", "16.800,00"),
        ("16.800 K", "", "16.800"),
        ("16.800,00 DB", "", None),
        ("16800", "D", None),
        ("-16800", "", None),
        ("0,00", "", None),
        ("-", "", None),
        ("abc", "K", "abc"),
    ],
)
def test_signs(amount: str, sign: str, money: str | None) -> None:
    assert incoming(amount, sign) == money


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("12/01/26;x;abc;1\n", "column Kredit: “abc”"),
        ("esok;x;5;1\n", "column Tanggal: “esok”"),
        ("12/01/26;x;5;\n", "column Saldo: “”"),
    ],
)
def test_a_bad_line_is_named(line: str, says: str) -> None:
    assert says in refused("Tanggal;Uraian;Kredit;Saldo\n" + line)
