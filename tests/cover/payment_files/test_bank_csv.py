"""Bank statements as tables."""

from __future__ import annotations

import pytest

from salawaku.cover.payment_files.bank_csv import parted
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
    ("amount", "sign", "parts"),
    [
        ("16.800,00 CR", "", ("16.800,00", "CR")),
        ("Rp 16.800 DB", "", ("Rp 16.800", "DB")),
        ("16800", "D", ("16800", "D")),
        ("16800 CR", "D", ("16800", "D")),
        ("-16800", "CR", ("-16800", "-")),
        ("-", "K", ("-", "K")),
        ("abc", "K", ("abc", "K")),
        ("1" * 99 + " DB", "", ("1" * 99 + " DB", "")),
    ],
)
def test_an_amount_and_its_sign(amount: str, sign: str, parts: tuple[str, str]) -> None:
    assert parted(amount, sign) == parts


def test_a_sign_that_nobody_knows_is_asked_about() -> None:
    says = refused("Tanggal,Uraian,D/K,Jumlah,No Ref\n2026-01-12,202601-000001-1,X,5,A1\n")
    assert "column D/K: “X” (write CR for money that came in, DB for money that went out)" in says


def test_where_credit_has_its_own_column_the_kind_of_a_line_means_nothing() -> None:
    [one] = read("Tanggal,Uraian,Jenis,Kredit,No Ref\n2026-01-12,202601-000001-1,Transfer,5,A1\n")
    assert one.amount == 5


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
