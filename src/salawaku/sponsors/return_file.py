"""What the bank or the pay office sends back: who paid, by NIP."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.intake.engine.numbers import rupiah
from salawaku.sponsors.sheets import NIP, Fault, digits, plain, read_table

COLUMNS = {
    "nip": NIP,
    "amount": ("jumlah", "nominal", "potongan", "jumlah potongan", "amount"),
    "paid": ("dibayar", "terpotong", "status", "lunas", "paid", "keterangan"),
}
YES = ("ya", "y", "yes", "1", "true", "lunas", "terpotong", "dibayar", "berhasil", "sukses", "ok", "paid")
NO = ("tidak", "t", "no", "n", "0", "false", "gagal", "belum", "tidak terpotong", "tidak dibayar", "saldo kurang",
      "belum lunas", "tidak lunas", "unpaid", "failed")  # fmt: skip

NOTHING = ("-", "–", "—")  # how an empty amount is written


class Answer(NamedTuple):
    """One line: the amount in rupiah where the file tells it, and whether it was paid."""

    row: int
    nip: str
    amount: int | None
    paid: bool


def read_answers(name: str, content: bytes) -> list[Answer]:
    """Every line with a NIP. A line without the word "paid" counts as paid when its amount is above zero.

    Refusal when the file tells neither an amount nor a word, or for a line that cannot be read: a line that is passed
    over would leave a worker without cover, unseen.
    """
    frame = read_table(name, content, COLUMNS, {"nip"})
    if frame["amount"].is_null().all() and frame["paid"].is_null().all():
        raise Refusal("deduction.columns", _("The file needs a column JUMLAH or TERPOTONG. Nothing was taken."))
    frame = frame.with_columns(nip=digits("nip"), word=plain("paid")).filter(pl.col("nip") != "")
    faults = [
        Fault(sheet, row, "NIP", "nip.precision_lost" if number else "nip.length")
        for sheet, row, number, nip in frame.select("sheet", "row", "nip_number", "nip").rows()
        if number or len(nip) != 18
    ]
    if faults:
        told = "; ".join(map(str, faults[:20]))
        raise Refusal("deduction.unreadable", _("Nothing was taken. Please mend: %(faults)s"), faults=told)
    return [_answer(*row) for row in frame.select("row", "nip", "amount", "word").rows()]


def _answer(row: int, nip: str, amount: str | None, word: str) -> Answer:
    rupiahs = rupiah(amount) if amount else None
    unread = bool(amount) and rupiahs is None and amount not in NOTHING
    if (word or unread) and word not in (*YES, *NO):
        raise Refusal(
            "deduction.word_unknown",
            _("Row %(row)d does not say clearly whether it was paid; write YA or TIDAK. Nothing was taken."),
            row=row,
        )
    paid = word in YES if word else bool(rupiahs)
    return Answer(row, nip, rupiahs, paid)
