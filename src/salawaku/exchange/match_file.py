"""What an answer of Dukcapil says of each NIK: one of five results. Every other column is passed over unread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.exchange.codes import reason_kept
from salawaku.exchange.models import MatchResult
from salawaku.exchange.table_file import digits_of, read_answers
from salawaku.intake.engine.cells import tidy

HEADINGS = {
    "result": (
        "hasil", "hasil padan", "hasil pemadanan", "status", "status padan", "status kependudukan", "keterangan",
        "result",
    ),
}  # fmt: skip
# In this order: "tidak padan" is not "padan", "sudah meninggal, data sesuai" is a death.
WORDS = (
    (MatchResult.Result.VALID, r"(tidak|tdk) ada (per)?beda"),
    (MatchResult.Result.DEAD, r"(?<!tidak )(?<!belum )(?<!tdk )(meninggal|wafat|\bmati\b)|\bdead\b|deceased"),
    (MatchResult.Result.MOVED, r"\bpindah|\bmoved\b"),
    (MatchResult.Result.NOT_FOUND, r"(tidak|tdk|belum) (di|ter)?(temukan|ada\b|daftar)|nihil|not found"),
    (MatchResult.Result.DIFFERENT, r"beda|(tidak|tdk) (sesuai|padan|cocok|sama)|ganda|different"),
    (MatchResult.Result.VALID, r"^(padan|sesuai|valid|cocok|ditemukan|sama|hidup|aktif|ada)\b"),
)  # fmt: skip


class Matched(NamedTuple):
    """One row of the answer."""

    nik: str
    result: str


def read_matches(name: str, content: bytes) -> Iterator[Matched]:
    """Every row with a NIK and an answer. Refusals of table_file.py; `match.result_unknown` for another word."""
    for row, cells in read_answers(name, content, HEADINGS):
        nik, words = digits_of(cells["nik"]), " ".join(re.sub(r"[^a-z]", " ", tidy(cells["result"]).lower()).split())
        if not re.fullmatch(r"[0-9]{16}", nik) or not words:
            continue
        found = next((result for result, pattern in WORDS if re.search(pattern, words)), None)
        if found is None:
            raise Refusal(
                "match.result_unknown",
                _(
                    "Row %(row)d has the result “%(result)s”; write PADAN, MENINGGAL, PINDAH, TIDAK DITEMUKAN or"
                    " BEDA DATA. Nothing was changed."
                ),
                row=row,
                result=reason_kept(words)[:40],
            )
        yield Matched(nik, found)
