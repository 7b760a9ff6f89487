"""Settlement lines of a BPJS channel."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.cover.payment_files.settlement import HEADING
from tests.cover.payment_files.reading import read, refused


def line(**fields: str) -> str:
    values = {
        "receipt": "000000012345",
        "code": "202601-000001-1",
        "time": "2026-01-12 08:15:00",
        "total": "16800",
        "name": 'SARI "A',
        "parts": "JHT=0#JKK=10000#JKM=6800",
    } | fields
    return "{receipt}|8171039911223344|{code}|BPU|{time}|{total}|{name}|0010|{parts}|202601".format(**values)


def settlement(*lines: str) -> str:
    return "\r\n".join([HEADING, *lines]) + "\r\n"


def test_both_forms_of_the_parts_are_read() -> None:
    one = read(settlement(line()))
    assert [tuple(receipt) for receipt in one] == [(2, "000000012345", "202601-000001-1", 16_800, date(2026, 1, 12))]
    for parts in ("JHT=|JKK=10000|JKM=6800", "0|10000|6800", "0|10.000|6.800"):
        assert read(settlement(line(parts=parts)))[0] == one[0]
    assert read(settlement(line() + "|"))[0] == one[0]
    assert read(settlement(line(time="20260112081500").replace("|", ";").replace('"', "")))[0] == one[0]


@given(st.tuples(*[st.integers(0, 10**9)] * 3).filter(any), st.integers(-3, 3))
def test_the_parts_must_add_up(parts: tuple[int, int, int], off: int) -> None:
    jht, jkk, jkm = parts
    total = sum(parts) + off
    text = settlement(line(total=str(total), parts=f"JHT={jht}#JKK={jkk}#JKM={jkm}"))
    if off and total > 0:
        assert "must add up to TotalAmount" in refused(text)
    elif total > 0:
        assert read(text)[0].amount == total


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (line(parts="JHT=0#JKK=x#JKM=6800"), "column amount JHT, JKK, JKM: “JHT=0#JKK=x#JKM=6800”"),
        (line(parts="JKK=8400#JKK=8400", total="x"), "column TotalAmount: “x”"),
        (line(name="SARI|X"), "column No REFF: “11” (a line has 12 fields"),
        (line(code=""), "column Kode Iuran: “”"),
        (line(time="lusa"), "column DateTime Trx: “lusa”"),
    ],
)
def test_a_bad_line_is_named_and_its_person_is_not(bad: str, says: str) -> None:
    told = refused(settlement(line(), bad))
    assert "row 3" in told
    assert says in told
    assert "SARI" not in told
    assert "8171039911223344" not in told


def test_another_heading_is_refused() -> None:
    assert HEADING in refused(HEADING.replace("KodeCa;", "") + "\n", code="payment.columns")
