"""Nobody's cover lapses unseen when a sponsor goes."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.sponsors import actions, selectors
from salawaku.sponsors.models import Pledge, SponsoredMonth
from tests.cover.test_selectors import pay
from tests.programmes.city import DECEMBER, purse, register
from tests.sponsors.office import AMBON, carried, decreed, foster, matched, pledged, sponsors

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)


def test_workers_are_handed_over_and_what_was_deducted_stays(sari: User) -> None:
    money = foster()
    leaving, other = sponsors(2)
    workers = register(2)
    going = pledged(leaving, money, workers=2)
    decreed(workers, money)
    matched(money)
    staying = pledged(other, money, workers=1)
    with elevated("a test pays"):
        SponsoredMonth.objects.filter(month__lt=date(2026, 3, 1)).update(status="paid")
        SponsoredMonth.objects.filter(month=APRIL).update(status="unpaid")
    money.refresh_from_db()
    before = money.ceiling
    with acting_as(sari):
        looked = actions.leave_preview(by=sari, sponsor=leaving, status="retired", from_month=APRIL)
        assert SponsoredMonth.objects.filter(pledge=going).count() == 24
        assert not AuditEvent.objects.filter(kind="sponsor.left").exists()
        result = actions.sponsor_leave(by=sari, sponsor=leaving, status="retired", from_month=APRIL, reason="BUP")
    assert looked == result
    assert (result.freed_months, result.handed_over, result.without_sponsor) == (18, 1, 1)
    by_month = carried()
    assert {by_month[workers[0].pk, f"{month:02d}"] for month in range(4, 13)} == {staying.pk}
    assert [month for worker, month in sorted(by_month) if worker == workers[1].pk] == ["01", "02", "03"]
    assert by_month[workers[0].pk, "03"] == going.pk
    money.refresh_from_db()
    assert money.ceiling == max(money.committed, before - 2 * 9 * 8_400)
    with acting_as(sari):
        pledge = Pledge.objects.get(pk=going.pk)
        assert (pledge.ended_from, pledge.carries(date(2026, 3, 1)), pledge.carries(APRIL)) == (APRIL, True, False)
        event = AuditEvent.objects.get(kind="sponsor.left")
        assert (event.detail["handed_over"], event.reason) == (1, "BUP")
        with pytest.raises(Refusal, match="no longer in service"):
            actions.sponsor_leave(by=sari, sponsor=leaving, status="stopped", from_month=APRIL)


def test_who_is_left_is_shown_with_the_day_of_lapse_and_the_cost(sari: User) -> None:
    money = foster()
    city = purse(money.programme, ceiling=1_000_000)
    (worker,) = register(1)
    pay(worker, city, date(2026, 3, 1))
    (sponsor,) = sponsors()
    pledged(sponsor, money, first_month=APRIL)
    decreed([worker], money, first=APRIL)
    matched(money, first=APRIL)
    with acting_as(sari):
        assert selectors.without_sponsor(region_code=AMBON, as_of=APRIL) == []
        result = actions.sponsor_leave(by=sari, sponsor=sponsor, status="stopped", from_month=APRIL)
        assert (result.handed_over, result.without_sponsor) == (0, 1)
        (left,) = selectors.without_sponsor(region_code=AMBON, as_of=APRIL)
    assert (left.first_month, left.months, left.cost) == (APRIL, 9, 9 * 8_400)
    assert left.membership_end == date(2026, 7, 1)


def test_a_pledge_that_has_not_begun_ends_empty_and_offers_are_withdrawn() -> None:
    money = foster()
    (sponsor,) = sponsors()
    late = pledged(sponsor, money, first_month=DECEMBER)
    with elevated("a test acts"):
        from tests.sponsors.test_pledge import terms

        offered = actions.pledge_record(by=None, sponsor=sponsor, purse=money, terms=terms())
        actions.sponsor_leave(by=None, sponsor=sponsor, status="moved_away", from_month=APRIL)
        assert Pledge.objects.get(pk=late.pk).ended_from == DECEMBER
        assert Pledge.objects.get(pk=offered.pk).status == "withdrawn"
    money.refresh_from_db()
    assert money.ceiling == 0


def test_strangers_and_unknown_reasons_are_refused(rina_far: User) -> None:
    (sponsor,) = sponsors()
    with acting_as(rina_far), pytest.raises(Refusal, match="not yours"):
        actions.sponsor_leave(by=rina_far, sponsor=sponsor, status="retired", from_month=APRIL)
    with elevated("a test acts"), pytest.raises(Refusal, match="retires, moves away or stops"):
        actions.sponsor_leave(by=None, sponsor=sponsor, status="active", from_month=APRIL)
