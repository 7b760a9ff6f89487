"""A pledge from paper to purse."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.programmes.models import Purse
from salawaku.sponsors import actions
from salawaku.sponsors.actions import PledgeTerms
from salawaku.sponsors.models import Pledge, PowerOfAttorney, Sponsor
from salawaku.sponsors.money import price_of_months
from salawaku.sponsors.paper import MOST_BYTES, Paper
from tests.programmes.city import DECEMBER, JANUARY, PASSO, purse, register
from tests.sponsors.office import AMBON, PAPER, foster, pledged, sponsors

pytestmark = pytest.mark.django_db


def terms(**fields: object) -> PledgeTerms:
    given = {"workers": 2, "first_month": JANUARY, "last_month": DECEMBER, "signed_on": date(2025, 12, 1)} | fields
    return PledgeTerms(**given)  # type: ignore[arg-type]


def test_accepting_raises_the_purse_by_the_dearest_price_of_each_month(sari: User) -> None:
    money, (sponsor,) = foster(), sponsors()
    with acting_as(sari):
        pledge = actions.pledge_record(by=sari, sponsor=sponsor, purse=money, terms=terms(), paper=PAPER)
        money.refresh_from_db()
        assert (money.ceiling, pledge.status) == (0, "offered")
        pledge = actions.pledge_accept(by=sari, pledge=pledge)
    money.refresh_from_db()
    assert money.ceiling == 2 * (3 * 16_800 + 9 * 8_400)  # PP 50/2025: all but transport workers from April
    assert pledge.accepted_by == sari
    with acting_as(sari):
        kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {"pledge.recorded", "pledge.accepted", "purse.changed"} <= kinds


def test_the_price_of_a_transport_worker_alone_is_half_in_february() -> None:
    from salawaku.programmes.prices import prices_for

    money = foster()
    february = date(2026, 2, 1)
    assert {p.transport: p.amount for p in prices_for([money], february, february)} == {True: 8_400, False: 16_800}
    assert price_of_months(money, february, february) == {february: 16_800}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"workers": 0}, "pledge.workers"),
        ({"workers": 101}, "pledge.workers"),
        ({"first_month": date(2025, 12, 1)}, "pledge.months"),
        ({"last_month": date(2027, 1, 1)}, "pledge.months"),
        ({"first_month": DECEMBER, "last_month": JANUARY}, "pledge.months"),
    ],
)
def test_what_cannot_be_promised_is_refused(changed: dict[str, object], code: str) -> None:
    money, (sponsor,) = foster(), sponsors()
    with pytest.raises(Refusal) as refused:
        actions.pledge_record(by=None, sponsor=sponsor, purse=money, terms=terms(**changed), paper=PAPER)
    assert refused.value.code == code


def test_two_wishes_another_purse_another_region_and_who_has_left_are_refused(sari: User, rina_far: User) -> None:
    money, (sponsor,), (worker,) = foster(), sponsors(), register(1)
    (far,) = sponsors(first=9, region="81.01")
    city = purse(money.programme, ceiling=5)
    with pytest.raises(Refusal, match="not for both"):
        actions.pledge_record(
            by=None, sponsor=sponsor, purse=money, terms=terms(wish_worker=worker, wish_village=PASSO)
        )
    with pytest.raises(Refusal, match="Only a purse of foster sponsors"):
        actions.pledge_record(by=None, sponsor=sponsor, purse=city, terms=terms())
    with pytest.raises(Refusal, match="another region"):
        actions.pledge_record(by=None, sponsor=far, purse=money, terms=terms())
    with pytest.raises(Refusal, match="not yours"):
        actions.pledge_record(by=rina_far, sponsor=sponsor, purse=money, terms=terms())
    sponsor.status = Sponsor.Status.RETIRED
    with pytest.raises(Refusal, match="no longer in service"):
        actions.pledge_record(by=sari, sponsor=sponsor, purse=money, terms=terms())


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (Paper("kuasa.exe", b"MZ"), "pledge.paper_kind"),
        (Paper("kuasa.pdf", b""), "pledge.paper_kind"),
        (Paper("besar.pdf", b"%PDF-" + b"0" * MOST_BYTES), "pledge.paper_too_large"),
    ],
)
def test_papers_that_are_none_are_refused(paper: Paper, code: str) -> None:
    money, (sponsor,) = foster(), sponsors()
    with elevated("a test acts"):
        with pytest.raises(Refusal) as refused:
            actions.pledge_record(by=None, sponsor=sponsor, purse=money, terms=terms(), paper=paper)
        assert not Pledge.objects.exists()
    assert refused.value.code == code


def test_nothing_is_accepted_twice_nor_without_a_paper_nor_after_it_was_withdrawn() -> None:
    money, (sponsor,) = foster(), sponsors()
    with elevated("a test acts"):
        bare = actions.pledge_record(by=None, sponsor=sponsor, purse=money, terms=terms())
        with pytest.raises(Refusal, match="power of attorney is missing"):
            actions.pledge_accept(by=None, pledge=bare)
        actions.pledge_withdraw(by=None, pledge=bare, reason="salah tulis")
        with pytest.raises(Refusal, match="accepted or withdrawn"):
            actions.pledge_withdraw(by=None, pledge=bare, reason="lagi")
        taken = pledged(sponsor, money)
        with pytest.raises(Refusal, match="accepted or withdrawn"):
            actions.pledge_accept(by=None, pledge=taken)
    money.refresh_from_db()
    assert money.ceiling == 3 * 16_800 + 9 * 8_400


def test_a_year_that_the_law_does_not_know_is_a_refusal() -> None:
    from tests.programmes.city import programme

    far = programme(code="ambon-2013", first_month=date(2013, 1, 1), last_month=date(2013, 12, 1))
    money = purse(far, ceiling=0, kind="foster", payer_code="SG")
    (sponsor,) = sponsors()
    with pytest.raises(Refusal) as refused:
        pledged(sponsor, money, first_month=date(2013, 1, 1), last_month=date(2013, 2, 1))
    assert refused.value.code == "law.outside_validity"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sponsors_pledge SET workers = 9",
        "UPDATE sponsors_pledge SET last_month = '2026-06-01'",
        "DELETE FROM sponsors_powerofattorney",
        "UPDATE sponsors_powerofattorney SET name = 'x'",
        "DELETE FROM sponsors_sponsor",
        "UPDATE sponsors_sponsor SET nip = '123'",
        "UPDATE sponsors_sponsor SET agency_code = 'tidak_ada'; SET CONSTRAINTS ALL IMMEDIATE",
        "UPDATE sponsors_sponsor SET status = 'retired'",
    ],
)
def test_raw_sql_cannot_change_what_was_promised(statement: str) -> None:
    pledged(*sponsors(), foster())
    with elevated("a test attacks"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert PowerOfAttorney.objects.count() == 1


def test_raw_sql_cannot_pledge_for_a_purse_of_another_kind() -> None:
    money, (sponsor,) = foster(), sponsors()
    city = purse(money.programme, ceiling=5)
    with elevated("a test attacks"), pytest.raises(IntegrityError, match="another kind"), transaction.atomic():
        Pledge.objects.create(
            sponsor=sponsor, purse=city, workers=1, first_month=JANUARY, last_month=DECEMBER,
            signed_on=JANUARY, village_code=AMBON,
        )  # fmt: skip
    assert Purse.objects.filter(kind="foster").count() == 1


def test_nothing_is_deducted_from_a_sponsor_who_left(sari: User) -> None:
    money, (sponsor,) = foster(), sponsors()
    with elevated("a test acts"):
        pledge = actions.pledge_record(by=sari, sponsor=sponsor, purse=money, terms=terms(), paper=PAPER)
        Sponsor.objects.filter(pk=sponsor.pk).update(status="retired", status_from=JANUARY)
        with pytest.raises(Refusal) as refused:
            actions.pledge_accept(by=sari, pledge=pledge)
    money.refresh_from_db()
    assert (refused.value.code, money.ceiling) == ("sponsor.left", 0)
