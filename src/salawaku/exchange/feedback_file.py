"""What an answer file of BPJS says of each NIK: registered under a number, rejected with a reason, or nothing yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.exchange.codes import reason_code, reason_kept
from salawaku.exchange.table_file import digits_of, read_answers
from salawaku.intake.engine.cells import Cell, as_text, tidy
from salawaku.intake.engine.uploads import SHORTENED

HEADINGS = {
    "number": ("kpj", "no kpj", "nomor kpj", "nomor peserta", "no peserta", "kartu peserta", "participant number"),
    "status": ("status", "hasil", "status pendaftaran", "status registrasi", "status data", "keterangan status",
               "result"),
    "reason": ("keterangan", "alasan", "alasan penolakan", "alasan tolak", "catatan", "pesan", "reason", "message",
               "keterangan gagal", "keterangan tolak"),
}  # fmt: skip
ACCEPTED = re.compile(
    r"^(diterima|terima|berhasil|sukses|success|terdaftar|ok|aktif|valid|sesuai|accepted|registered)\b"
)
REJECTED = re.compile(r"^(ditolak|tolak|gagal|tidak|non ?aktif|invalid|error|failed|reject(ed)?|batal)\b")
# A KPJ has eleven signs; a number cell that shows fewer has lost the zeros it began with.
SHORTEST_NUMBER_CELL = 11
NUMBER = re.compile(r"[0-9A-Z]{6,30}")


class Said(NamedTuple):
    """One row: `verdict` is accepted, rejected, none (no answer yet) or damaged (the number cannot be trusted)."""

    row: int
    nik: str
    number: str
    verdict: str
    reason: str
    reason_code: str


def read_feedback(name: str, content: bytes) -> Iterator[Said]:
    """Every row with a NIK or a number. Refusals of table_file.py; `feedback.status_unknown` for another word."""
    for row, cells in read_answers(name, content, HEADINGS):
        nik, number = digits_of(cells["nik"]), _number(cells["number"])
        if not any(sign.isdigit() for sign in nik) and not number:
            continue  # sums, signatures
        told = tidy(cells["reason"])
        verdict = _verdict(row, tidy(cells["status"]), number, told)
        if verdict == "accepted" and number and _damaged(cells["number"], number):
            verdict = "damaged"
        reason = reason_kept(told)
        code = reason_code(told) if verdict == "rejected" else ""
        yield Said(row, nik[:30], number[:40], verdict, reason if verdict == "rejected" else "", code)


def _number(cell: Cell) -> str:
    return re.sub(r"[\s.'`’\-]", "", tidy(cell)).upper() if isinstance(cell, str) else as_text(cell)


def _damaged(cell: Cell, number: str) -> bool:
    if isinstance(cell, str):
        return bool(SHORTENED.fullmatch(tidy(cell))) or not NUMBER.fullmatch(number)
    return len(number) < SHORTEST_NUMBER_CELL or not number.isdigit()


def _verdict(row: int, status: str, number: str, reason: str) -> str:
    words = " ".join(re.sub(r"[^a-z]", " ", status.lower()).split())
    if ACCEPTED.match(words):
        return "accepted"
    if REJECTED.match(words):
        return "rejected"
    if words:
        raise Refusal(
            "feedback.status_unknown",
            _("Row %(row)d has the status “%(status)s”; write DITERIMA or DITOLAK. Nothing was changed."),
            row=row,
            status=reason_kept(status)[:40],
        )
    if number:
        return "accepted"
    return "rejected" if reason else "none"
