"""A copy of the database says of no reason what was written, and its checks still hold."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.accounts.scrub import scrub_database
from salawaku.cover.actions import bill_run, order_record, order_void, refunds_refuse
from salawaku.cover.models import Bill, Difference, OrderProof, PaymentOrder, Reconciliation, Refund
from salawaku.programmes.models import Allocation
from tests.cover.test_refund import ask, dies, ids, worker
from tests.programmes.city import PASSO

__all__ = ["worker"]
TODAY = date(2026, 6, 1)
NAME = "Raja Uji"


def _written_about(one, sari: User) -> None:
    """A refund refused, a difference signed off, an order with its scan voided, a plan closed: each with a reason."""
    dies(one, sari, date(2026, 2, 10))
    letter = ask(sari)
    refunds_refuse(by=sari, letter=letter, refunds=ids(letter), reason=f"keluarga {NAME}")
    bill = bill_run(by=None, month=date(2026, 5, 1)).bills[0]
    with acting_as(sari):
        order = order_record(
            by=sari, number="1/SP2D", issued_on=TODAY, amount=bill.amount, bills=[bill], proof=b"%PDF-1 Raja Uji"
        )
        order_void(by=sari, order=order, reason=f"salah, kata {NAME}")
    with elevated("a test"):
        month = Reconciliation.objects.create(
            month=date(2026, 1, 1), region_code="81.71", file_name="x", sha256="0" * 64, rows=1
        )
        Difference.objects.create(
            reconciliation=month, kind="paid_not_active", worker=one, village_code=PASSO, due_on=TODAY,
            status="signed_off", reason=f"lihat {NAME}", settled_by=sari,
            settled_at=timezone.now(),
        )  # fmt: skip
        for number in ("26000000001", "26000000002"):
            Difference.objects.create(
                reconciliation=month,
                kind="not_in_decree",
                participant_number=number,
                village_code=PASSO,
                due_on=TODAY,
            )
        Allocation.objects.update(closed_reason=f"bukan {NAME}")


@pytest.mark.django_db(transaction=True)
def test_reasons_go_and_that_there_was_one_stays(worker, sari: User) -> None:
    _written_about(worker, sari)
    scrub_database()
    with elevated("a test looks"):
        assert Refund.objects.get(status="refused").refused_why == "–"
        assert set(Refund.objects.exclude(status="refused").values_list("refused_why", flat=True)) == {""}
        assert Difference.objects.get(worker=worker).reason == "–"
        unknown = Difference.objects.filter(worker__isnull=True).values_list("participant_number", flat=True)
        assert len({*unknown}) == 2
        assert not any(number.startswith("26000") for number in unknown)
        assert (PaymentOrder.objects.get().void_reason, bytes(OrderProof.objects.get().content)) == ("–", b"")
        assert set(Allocation.objects.values_list("closed_reason", flat=True)) == {"–"}
        assert Bill.objects.exists()
