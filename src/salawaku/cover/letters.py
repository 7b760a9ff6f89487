"""Letters of the money path as PDF, in Indonesian. The same bill gives the same bytes with the same Typst."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from salawaku.accounts.models import Agency
from salawaku.cover.bill_selectors import decrees_behind, villages_of
from salawaku.cover.models import Bill, Refund, RefundLetter
from salawaku.cover.terbilang import rupiah_in_words
from salawaku.programmes.models import Programme
from salawaku.programmes.pdf import typeset
from salawaku.regions.models import Region
from salawaku.web import wording


def bill_letter(bill: Bill) -> bytes:
    """The letter with which a bill goes to whoever keeps the purse: workers by village, nobody is named."""
    with override("id"):
        made_on = timezone.localdate(bill.created_at)
        data = {
            **_head(bill.programme, made_on),
            "code": bill.billing_code,
            "purse": bill.purse.name,
            "month": wording.month(bill.month),
            "part": bill.part,
            "decrees": [f"{one.number} ({wording.day(one.signed_on)})" for one in decrees_behind(bill)],
            "villages": [
                [name, wording.number(workers), wording.number(amount)]
                for _code, name, workers, amount in villages_of(bill)
            ],
            "workers": wording.number(bill.workers),
            "amount": wording.number(bill.amount),
            "words": rupiah_in_words(bill.amount),
            "due": wording.day(bill.due_on),
        }
    return typeset("cover", "bill_letter.typ", data, day=made_on)


def refund_letter(letter: RefundLetter, refunds: Sequence[Refund], *, whole: bool) -> bytes:
    """The letter that asks BPJS for months back, with its list; identity numbers are masked unless `whole`."""
    programme = letter.purse.programme
    with override("id"):
        amount = sum(refund.amount for refund in refunds)
        data = {
            **_head(programme, letter.issued_on),
            "number": letter.number,
            "purse": letter.purse.name,
            "rows": [_refund_row(number, refund, whole) for number, refund in enumerate(refunds, start=1)],
            "months": wording.number(len(refunds)),
            "amount": wording.number(amount),
            "words": rupiah_in_words(amount),
        }
    return typeset("cover", "refund_letter.typ", data, day=letter.issued_on)


def _refund_row(number: int, refund: Refund, whole: bool) -> list[str]:
    worker = refund.worker
    return [
        str(number),
        worker.nik if whole else wording.mask(worker.nik),
        worker.participant_number,
        worker.name,
        f"{refund.month:%m-%Y}",
        wording.number(refund.amount),
        str(refund.get_reason_display()),
        refund.bill.billing_code,
    ]


def _head(programme: Programme, made_on: date) -> dict[str, Any]:
    region = Region.objects.filter(code=programme.region_code).first()
    agency = Agency.objects.filter(code=programme.agency_code).first() if programme.agency_code else None
    return {
        "programme": programme.name,
        "region": region.title if region else programme.region_code,
        "agency": agency.name if agency else "",
        "day": wording.day(made_on),
    }
