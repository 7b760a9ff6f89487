"""Bank statements in MT940."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cover.payment_files.reading import read, refused

OPEN = (":20:STMT1", ":25:0123456789", ":28C:00012/001", ":60F:C260101IDR1000,")
BODY = (
    ":61:2601120112C33600,00NTRFNONREF//00000001", ":86:TRF SARI 202601-000001-1",
    ":61:260112D500,NCHGADMIN", ":86:BIAYA 202601-000009-1",
    ":61:260113CR16800,NTRFSAMA", "BUDI", ":86:IURAN APBD KOTA AMBON 20260", "1-000002-1",
    ":61:260114RC100,NTRFX",
)  # fmt: skip
CLOSE = ":62F:C260131IDR50800,00"


def statement(*lines: str) -> str:
    return "\r\n".join(lines) + "\r\n"


WHOLE = statement(*OPEN, *BODY, CLOSE)


def test_what_came_in_with_its_code() -> None:
    assert [tuple(one) for one in read(WHOLE)] == [
        (5, "00000001", "202601-000001-1", 33_600, date(2026, 1, 12)),
        (9, "0123456789/00012/001/3", "202601-000002-1", 16_800, date(2026, 1, 13)),
    ]


def test_blocks_pages_and_several_statements() -> None:
    wrapped = "{1:F01BANK}{4:\r\n" + WHOLE + ":86:total\r\n-}\r\n{4:\r\n" + WHOLE.replace("STMT1", "STMT2") + "-}\r\n"
    assert len(read("\ufeff" + wrapped)) == 4
    first = statement(*OPEN, ":61:260112C5,NTRF", ":62M:C260112IDR1005,")
    second = statement(
        ":20:P2",
        ":21:NONREF",
        ":25:1",
        ":28C:12/2",
        ":60M:C260112IDR1005,",
        ":61:260112RD5,NTRF",
        ":61:260112C0,NTRF",
        ":62F:C260112IDR1010,00",
        ":64:C260112IDR1010,",
    )
    assert [one.billing_code for one in read(first + second)] == ["-"]


def test_fields_of_the_text_are_no_part_of_a_code() -> None:
    text = statement(
        *OPEN, ":61:260112C5,NTRF", ":86:166?00SETOR?20202601-0?2100001-1?32SARI", ":62F:C260112IDR1005,"
    )
    assert read(text)[0].billing_code == "202601-000001-1"


@given(st.integers(0, 10**9), st.lists(st.integers(-(10**6), 10**6).filter(bool)), st.integers(-1, 1))
def test_the_balances_must_agree(opening: int, movements: list[int], off: int) -> None:
    def signed(amount: int) -> tuple[str, int]:
        return ("D" if amount < 0 else "C"), abs(amount)

    lines = [":61:260112{}{},NTRF".format(*signed(amount)) for amount in movements]
    sign, closing = signed(opening + sum(movements) + off)
    text = statement(*OPEN[:3], f":60F:C260101IDR{opening},", *lines, f":62F:{sign}260131IDR{closing},")
    if off:
        assert "do not come to this balance" in refused(text)
    elif any(amount > 0 for amount in movements):
        assert [one.amount for one in read(text)] == [amount for amount in movements if amount > 0]
    else:
        assert "no payments" in refused(text, code="payment.empty")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (WHOLE.replace("33600,00", "33600,50"), "row 5, column :61:: “2601120112C33600,50NTRF"),
        (WHOLE.replace("260113CR", "260133CR"), "row 9, column :61:: “260133CR"),
        (WHOLE.replace("IDR1000,", "USD1000,"), "row 4, column :60F:: “C260101USD1000,”"),
        (WHOLE.replace("C260131", "C260132"), "column :62F:: “C260132IDR50800,00”"),
        (statement(*OPEN, *BODY), "row 1, column :62F:: “” (the statement does not end"),
        (statement(*OPEN[:1], *OPEN[2:], *BODY, CLOSE), "row 4, column :61:: “” (the statement begins"),
        (statement(*OPEN[:3], CLOSE), "row 4, column :62F:: “C260131IDR50800,00” (the statement begins"),
        (WHOLE + statement(BODY[0]), "column :61:: “” (the statement begins"),
        (statement("{1:F01}", ":25:1", *OPEN), "row 2, column :25:: “”"),
        (WHOLE.replace(":86:BIAYA", ":99Z:BIAYA"), "column :99Z:: “” (this is not MT940"),
        ("{1:F01}\r\nhello\r\n" + WHOLE, "row 2, column : “” (this is not MT940"),
    ],
)
def test_what_is_not_understood_holds_back_the_file(text: str, says: str) -> None:
    told = refused(text)
    assert says in told
    assert "SARI" not in told
    assert "BUDI" not in told


def test_a_file_of_nothing_but_blocks_is_empty() -> None:
    assert "no payment" in refused("{1:F01BANK}\r\n-}\r\n", code="payment.empty")


def test_a_movement_that_cannot_be_read_is_told_once() -> None:
    assert refused(WHOLE.replace("33600,00", "33600,50")).count("row ") == 1


def test_a_reference_that_cannot_be_kept_is_made_anew() -> None:
    assert read(WHOLE.replace("//00000001", "//\x07"))[0].receipt == "0123456789/00012/001/1"
