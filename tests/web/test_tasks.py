"""What waits for whom on the home page: counts of the own work, in the own area."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.models import Difference, Reconciliation
from salawaku.exchange.models import Feedback, MatchBatch, MatchResult, Question
from salawaku.sponsors import actions as sponsors
from salawaku.sponsors.actions import PledgeTerms
from salawaku.sponsors.models import SponsoredMonth
from salawaku.web.addresses import address
from salawaku.web.tasks import tasks_for
from tests.conftest import person
from tests.cover.test_refund import ask, dies, worker
from tests.programmes.city import JANUARY, PASSO, register
from tests.sponsors import office

__all__ = ["worker"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
AMBON = "81.71"


def waiting(user: User) -> dict[str, int]:
    """What waits for the person, by the page where it is done."""
    with acting_as(user):
        return {task.url: task.count for task in tasks_for(user, today=TODAY) if task.count}


def test_pledges_and_months_that_no_salary_paid(sari: User, budi: User, rina_far: User) -> None:
    money = office.foster()
    one, other = office.sponsors(2)
    office.pledged(one, money, workers=1)
    office.decreed(register(1), money)
    office.matched(money)
    with elevated("a test"):
        sponsors.pledge_record(
            by=None, sponsor=other, purse=money, paper=office.PAPER,
            terms=PledgeTerms(workers=1, first_month=JANUARY, last_month=JANUARY, signed_on=date(2025, 12, 1)),
        )  # fmt: skip
        SponsoredMonth.objects.filter(month__lte=date(2026, 4, 1)).update(status="unpaid")
    told = waiting(sari)
    assert (told[address("pledge_list")], told[address("sponsor_without")]) == (1, 3)
    assert waiting(budi)[address("pledge_list")] == 1
    assert waiting(rina_far) == {}


def test_paid_months_are_to_be_asked_back_until_the_letter_is_written(worker, sari: User, rina_far: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    assert waiting(sari)[address("refund_list")] == 1
    assert address("refund_list") not in waiting(rina_far)
    ask(sari)
    assert address("refund_list") not in waiting(sari)


def test_differences_wait_for_their_owner_or_for_all(sari: User, budi: User, rina_far: User, rina: User) -> None:
    workers = register(3)
    with elevated("a test"):
        month = Reconciliation.objects.create(
            month=JANUARY, region_code=AMBON, file_name="x", sha256="0" * 64, rows=1
        )
        for of, owner in zip(workers, (sari, None, rina), strict=True):
            Difference.objects.create(
                reconciliation=month, kind="paid_not_active", worker=of, village_code=PASSO,
                due_on=date(2026, 2, 10), owner=owner,
            )  # fmt: skip
    page = address("reconcile_detail", month.public_id)
    assert (waiting(sari)[page], waiting(budi)[page]) == (2, 1)
    assert page not in waiting(rina_far)
    assert page not in waiting(rina)


def test_what_bpjs_and_dukcapil_left_open(sari: User, rina_far: User, rina: User) -> None:
    branch = person("cabang@bpjs.example", "Petugas Cabang", ("bpjs_officer", AMBON))
    of = register(1)[0]
    with elevated("a test"):
        answer = Feedback.objects.create(region_code=AMBON, sha256="0" * 64, rows=1, made_by=sari)
        Question.objects.create(feedback=answer, row=3, kind="number_differs", worker=of, village_code=PASSO)
        batch = MatchBatch.objects.create(
            agreement_number="1/PKS", region_code=AMBON, agreement_date=date(2026, 1, 5), purpose="uji", workers=1,
            sha256="0" * 64, made_by=sari,
        )  # fmt: skip
        MatchResult.objects.create(
            batch=batch, worker=of, result="dead", result_on=date(2026, 2, 1), village_code=PASSO
        )
    assert waiting(sari) == {address("feedback_list"): 1, address("match_list"): 1}
    assert waiting(branch) == {address("feedback_list"): 1}
    assert waiting(rina_far) == waiting(rina) == {}
