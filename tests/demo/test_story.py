"""The year and a half of the demonstration: what every visitor is to find, and that no step is done twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.models import (
    Bill,
    Difference,
    MonthGivenBack,
    OrderProof,
    PaymentOrder,
    Reconciliation,
    Refund,
    RefundLetter,
    WorkerMonth,
)  # fmt: skip
from salawaku.cover.selectors import cover_status
from salawaku.demo import sponsors
from salawaku.demo.colleagues import DOMAIN, open_accounts
from salawaku.demo.lists import Person, make_city
from salawaku.demo.story import OPEN_MONTHS, Story
from salawaku.exchange.models import MatchResult, Question, RegistrationRow
from salawaku.exchange.selectors import rejected_groups
from salawaku.notices.models import Notice
from salawaku.programmes.fulfilment import agreement_fulfilment
from salawaku.programmes.models import Agreement, Allocation, Decree, Purse
from salawaku.regions.table import region_table
from salawaku.registry.models import Worker, WorkerEvent
from salawaku.sponsors.models import Donor, DonorPledge, Pledge, PowerOfAttorney, Sponsor, SponsoredMonth
from salawaku.sponsors.selectors import participation, without_sponsor

pytestmark = pytest.mark.django_db
CITY, PEOPLE, SEED = "81.71", 130, 3


def worker(person: Person) -> Worker:
    """Somebody of the synthetic city in the register, as an accepted list would leave it."""
    return Worker(
        nik=person.nik, name=person.name, name_key=person.name.lower(), birth_date=person.birth, sex=person.sex,
        village_code=person.village, address=person.address, rt=person.rt, rw=person.rw, phone=person.phone,
        occupation_id=person.occupation, income=person.income, welfare_decile=person.decile, birth_place="Ambon",
        agency_code="dinas_perikanan", proposed_on=date(2025, 5, 1),
    )  # fmt: skip


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Story]:
    """The story as `salawaku demo` tells it, once for all tests of this file; taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = make_city(PEOPLE, SEED, region_table()).people
        with elevated("a test fills the register"):
            Worker.objects.bulk_create([worker(person) for person in people])
        colleagues = open_accounts()
        with acting_as(colleagues["sari"]):
            story = Story(colleagues, today=timezone.localdate())
            for step in story.steps():
                step()
        yield story
        transaction.set_rollback(True)


@pytest.fixture
def story(told: Story, db: None) -> Iterator[Story]:
    """The story with its city, seen by Sari."""
    with acting_as(told.maker):
        yield told


@pytest.fixture
def january(story: Story) -> date:
    """The first January of the story."""
    return next(month for month in story.months if month.month == 1)


def carried(month: date) -> dict[str, int]:
    """How many workers each kind of purse carries in a month."""
    kinds = WorkerMonth.objects.filter(month=month).values_list("purse__kind", flat=True)
    return {kind: len(list(group)) for kind, group in itertools.groupby(sorted(kinds))}


def test_a_company_bridges_the_months_before_the_late_budget(january: date) -> None:
    for month in (january, law.add_months(january, 1)):
        assert carried(month)["csr"] > 0
        assert "apbd_city" not in carried(month)
    assert carried(law.add_months(january, 2))["apbd_city"] > 0
    promise = DonorPledge.objects.get(first_month=january, donor__kind=Donor.Kind.COMPANY)
    assert promise.purse is not None
    assert promise.purse.ceiling == promise.purse.paid + promise.purse.left


def test_pledges_are_the_ceiling_of_the_foster_purse(story: Story) -> None:
    purse = Purse.objects.filter(kind="foster").order_by("programme__year").first()
    assert purse is not None
    accepted = Pledge.objects.filter(purse=purse, status="accepted")
    prices = sum(
        law.monthly_cost(month, payer=law.Payer.FOSTER)
        for month in story.months
        if month.year == purse.first_month.year
    )
    assert purse.ceiling == prices * sum(pledge.workers for pledge in accepted)
    assert PowerOfAttorney.objects.filter(pledge__in=accepted).count() == len(accepted)
    assert Pledge.objects.filter(status="offered").count() >= sponsors.WAITING


def test_sponsors_of_some_agencies_only(story: Story) -> None:
    told = participation(region_code=CITY, as_of=story.today)
    assert any(agency.sponsors and agency.active for agency in told)
    assert {agency.agency for agency in told if not agency.sponsors} >= set(sponsors.WITHOUT_SPONSORS)


def test_one_sponsor_retired_and_one_stopped_so_that_workers_are_left_without(story: Story) -> None:
    retired, stopped = (Sponsor.objects.get(status=status) for status in ("retired", "stopped"))
    for sponsor in (retired, stopped):
        assert sponsor.status_from is not None
        later = SponsoredMonth.objects.filter(pledge__sponsor=sponsor, month__gte=sponsor.status_from)
        assert not later.exists()
    assert retired.status_from is not None
    taken_over = Pledge.objects.filter(first_month=retired.status_from, sponsor__status="active")
    assert SponsoredMonth.objects.filter(pledge__in=taken_over).exists()
    assert without_sponsor(region_code=CITY, as_of=story.today)


def test_the_newest_deductions_are_not_all_paid(story: Story) -> None:
    newest = story.months[-sponsors.LATE_MONTHS :]
    assert SponsoredMonth.objects.filter(status="unpaid", month__in=newest).exists()
    assert not SponsoredMonth.objects.filter(month__lt=newest[0]).exclude(status="paid").exists()


def test_some_have_lost_their_cover_and_some_are_about_to(story: Story) -> None:
    (everybody,) = cover_status(as_of=story.today)
    assert everybody.active > 0
    assert everybody.ended > 0
    assert everybody.lapse_90 > 0


def test_the_dead_have_no_month_after_their_death_but_those_asked_back(story: Story) -> None:
    dead = Worker.objects.filter(status=Worker.Status.DIED)
    assert dead.count() >= 4
    for one in dead:
        after = WorkerMonth.objects.filter(worker=one, month__gt=one.died_on)
        asked = Refund.objects.filter(worker=one, month__gt=one.died_on)
        assert set(after.values_list("month", flat=True)) == set(asked.values_list("month", flat=True))
    assert MonthGivenBack.objects.filter(worker__in=dead).exists()


def test_a_refund_is_asked_for_one_late_death_and_only_found_for_another(story: Story) -> None:
    late = Refund.objects.filter(reason="death")
    assert late.filter(status="requested", letter=RefundLetter.objects.get()).exists()
    assert late.filter(status="to_request").exists()


def test_bpjs_rejects_a_handful_and_one_answer_must_be_looked_at(story: Story) -> None:
    rows = RegistrationRow.objects.all()
    rejected, registered = (rows.filter(state=state).count() for state in ("rejected", "registered"))
    assert 2 <= rejected < registered
    assert all(group.reason_code != "reason.other" for group in rejected_groups(story.maker))
    assert Worker.objects.exclude(participant_number="").count() == registered
    assert set(Question.objects.values_list("kind", flat=True)) >= {"unknown_nik"}


def test_dukcapil_finds_dead_moved_and_unknown(story: Story) -> None:
    found = set(MatchResult.objects.values_list("result", flat=True))
    assert found == {"valid", "dead", "moved", "not_found", "different", None}


def test_closed_months_and_one_open_with_differences(story: Story) -> None:
    closed = Reconciliation.objects.filter(status=Reconciliation.Status.CLOSED)
    assert set(closed.values_list("month", flat=True)) == set(story.months[:-OPEN_MONTHS])
    compared = Reconciliation.objects.get(status=Reconciliation.Status.OPEN)
    assert compared.month == law.add_months(law.first_of_month(story.today), -1)
    assert compared.differences.filter(status=Difference.Status.OPEN).exists()


def test_orders_with_proof_and_a_bill_in_two_parts(story: Story) -> None:
    assert PaymentOrder.objects.count() == OrderProof.objects.count() > 1
    (parts,) = {
        (bill.month, bill.purse_id)
        for bill in Bill.objects.filter(part=2, purse__kind="apbd_city", month=story.months[-6])
    }
    both = Bill.objects.filter(month=parts[0], purse_id=parts[1])
    assert [bill.status for bill in both] == ["paid", "paid"]


def test_a_wage_and_moves_then_free_seats_by_a_change_decree(story: Story) -> None:
    assert sorted(WorkerEvent.objects.values_list("kind", flat=True)) == ["employed", "moved", "moved"]
    change = Decree.objects.get(changes__isnull=False)
    assert change.workers > 0
    assert change.removed > 0


def test_a_plan_waits_for_the_colleague_and_notices_for_both(story: Story) -> None:
    waiting = Allocation.objects.get(status=Allocation.Status.PROPOSED)
    assert waiting.workers > 0
    assert waiting.proposed_by == story.maker
    told = set(Notice.objects.values_list("recipient__email", flat=True))
    assert {f"{name}@{DOMAIN}" for name in ("sari", "budi", "keuangan")} <= told


def test_each_year_has_an_agreement_that_is_partly_fulfilled(story: Story) -> None:
    assert {agreement.signed_on.year for agreement in Agreement.objects.all()} == set(story.years)
    total = agreement_fulfilment(Agreement.objects.latest("signed_on"), today=story.today).total
    assert 0 < total.covered < total.quota


def counts() -> dict[str, int]:
    """The rows of every table of ours."""
    with elevated("a test counts rows"):
        return {
            model._meta.label: model._default_manager.count()
            for model in apps.get_models()
            if model.__module__.startswith("salawaku.")
        }


def test_a_second_time_changes_nothing(story: Story) -> None:
    before = counts()
    for step in story.steps():
        step()
    assert counts() == before
    assert User.objects.filter(email__endswith=DOMAIN).count() == len(open_accounts())
