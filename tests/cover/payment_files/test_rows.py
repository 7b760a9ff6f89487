"""Cells: amounts, days, codes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from salawaku.cover.payment_files.rows import (
    Columns,
    Fault,
    Receipt,
    amount_of,
    checked,
    codes_in,
    day_of,
    in_time,
    without_person,
)

NAMES = Columns("Resi", "Kode", "Jumlah", "Tanggal")
MONEY = st.integers(1, 10**15 - 1)
ANY_DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(MONEY, st.sampled_from(["{}", "Rp{}", "rp. {}", "IDR {}", "{},00", "{}.00"]))
def test_an_amount_is_read_as_it_was_written(amount: int, form: str) -> None:
    assert amount_of(form.format(amount)) == amount
    assert amount_of(f"Rp{amount:,}".replace(",", ".")) == amount_of(f"{amount:,}") == amount


@pytest.mark.parametrize(
    "text", ["", "0", "-5", "10,5", "1.50", "168000,50", "1e6", "9" * 16, "9" * 200, "١٢", "1.0000"]
)
def test_what_is_no_amount(text: str) -> None:
    assert amount_of(text) is None


@given(ANY_DAY)
def test_a_day_is_read_as_it_was_written(day: date) -> None:
    written = ["%Y-%m-%d", "%Y%m%d", "%Y%m%d0815", "%Y%m%d081500", "%Y/%m/%d 08:15", "%Y-%m-%dT08:15:00+09:00"]
    written += ["%d-%m-%Y", "%d/%m/%Y 08.15", "%d.%m.%y", "%d/%m/%y", "%d %b %Y"]
    assert {day_of(day.strftime(form)) for form in written} == {day}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 Agustus 2026", date(2026, 8, 12)),
        ("1 Mei 2026, 08:15", date(2026, 5, 1)),
        ("12-Okt-26", date(2026, 10, 12)),
        ("12 sometime 2026", None),
        ("2026-02-30", None),
        ("kemarin", None),
        ("1999-01-01", None),
    ],
)
def test_days_in_words(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("TRF SARI 202601-000001-1 APBD", "202601-000001-1"),
        ("202601 000001 1", "202601-000001-1"),
        ("BYR/2026010000011/BPJS", "202601-000001-1"),
        ("202601-000001-1 202602-000001-1 202601-000001-1", "202601-000001-1 202602-000001-1"),
        (" ".join(f"20260{n}-000001-1" for n in range(1, 6)), "202601-000001-1 202602-000001-1 202603-000001-1"),
        ("202613-000001-1", ""),
        ("8171032026010000011", ""),
        ("BUDI", ""),
    ],
)
def test_codes_in_a_text(text: str, codes: str) -> None:
    assert codes_in(text) == codes


def test_a_nik_in_place_of_a_code_is_not_kept() -> None:
    assert without_person("8171039911223344") == "•••3344"
    assert without_person("BPU 8171039911223344") == "BPU •••3344"
    assert without_person("8171.0399.1122.3344") == "•••3344"
    assert without_person("8171 0399 1122 3344") == "•••3344"
    assert without_person("88888171039911223344") == "•••3344"
    assert without_person("202601-000001-1") == "202601-000001-1"
    assert without_person("202601-000001-25000") == "202601-000001-25000"
    assert without_person("INV-7") == "INV-7"


def test_a_name_in_place_of_a_code_is_not_kept() -> None:
    assert without_person("SETORAN BUDI SANTOSO") == "-"


@pytest.mark.parametrize("day", [date(2015, 6, 30), timezone.localdate() + timedelta(days=2), None])
def test_days_on_which_nobody_paid(day: date | None) -> None:
    assert in_time(day) is None


@pytest.mark.parametrize("day", [date(2015, 7, 1), timezone.localdate() + timedelta(days=1)])
def test_days_on_which_somebody_may_have_paid(day: date) -> None:
    assert in_time(day) == day


def test_a_line_tells_everything_that_is_wrong() -> None:
    assert checked(7, Columns("001", "a", "5", "2026-01-12"), NAMES) == Receipt(7, "001", "a", 5, date(2026, 1, 12))
    faults = checked(7, Columns("1,23E+15", "", "lima", "esok"), NAMES)
    assert isinstance(faults, list)
    assert [fault.column for fault in faults] == list(NAMES)
    assert "Excel has shortened" in str(faults[0])
    assert str(Fault(3, "Resi", "x" * 99, "")).count("x") == 60


@pytest.mark.parametrize("receipt", ["", "r" * 61, "a\0b", "a\tb"])
def test_what_is_no_receipt(receipt: str) -> None:
    faults = checked(1, Columns(receipt, "a", "5", "2026-01-12"), NAMES)
    assert isinstance(faults, list)
    assert [fault.column for fault in faults] == ["Resi"]
