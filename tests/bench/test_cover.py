"""The measurement of the payment import: its file is one that the import takes whole."""

from __future__ import annotations

from salawaku.bench import cover_payments
from salawaku.bench.__main__ import PARTS
from salawaku.cover.payment_files import read_receipts


def test_the_file_has_every_outcome_and_no_fault() -> None:
    codes = [f"202601-{number:06d}-1" for number in range(1, 1_001)]
    receipts = list(read_receipts("bench.txt", cover_payments._file(codes)))
    assert [receipt.row for receipt in receipts] == list(range(2, 1_002))
    assert len({receipt.receipt for receipt in receipts}) == 1_000
    unknown = {receipt.billing_code for receipt in receipts} - set(codes)
    assert len(unknown) == len(range(cover_payments.UNKNOWN, 1_001, 12))
    assert "cover" in PARTS
