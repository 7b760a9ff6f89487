"""Whom a purse may pay for: the waterfall and the optimum ask the same question."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salawaku.accounts.scoping import elevated
from salawaku.programmes import actions, waterfall
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.eligibility import Place, reach
from salawaku.programmes.models import Purse
from salawaku.programmes.prices import offers_for
from tests.programmes.city import DECEMBER, JANUARY, PASSO, RUMAH_TIGA, programme, purse, register

pytestmark = pytest.mark.django_db
FISHER, RIDER = "nelayan_pesisir", "tukang_ojek"
WAINITU = "81.71.01.1007"
PLACES = {PASSO: "negeri", RUMAH_TIGA: "negeri", WAINITU: "kelurahan"}
PEOPLE = st.lists(
    st.tuples(st.sampled_from(sorted(PLACES)), st.sampled_from([FISHER, RIDER])), min_size=1, max_size=8
)
TERMS = st.fixed_dictionaries(
    {
        "ceiling": st.integers(0, 30).map(lambda months: months * 16_800),
        "kind": st.sampled_from(["apbd_city", "village_fund", "foster", "dbh"]),
        "regions": st.sampled_from([[], ["81.71"], ["81.71.03"], [WAINITU, "81.71.04"]]),
        "village_kinds": st.sampled_from([[], ["negeri"], ["desa", "negeri"]]),
        "occupations": st.sampled_from([[], [FISHER], [RIDER], [FISHER, RIDER]]),
        "segments": st.sampled_from([["BPU"], ["BPU", "PU"], ["PU"]]),
    }
)


def may(money: Purse, village: str, work: str) -> bool:
    """The rule in the words of the documents."""
    return (
        (not money.regions or any(village.startswith(region) for region in money.regions))
        and (not money.village_kinds or PLACES[village] in money.village_kinds)
        and (not money.occupations or work in money.occupations)
        and "BPU" in money.segments
    )


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, purses=st.lists(TERMS, min_size=1, max_size=4))
def test_both_ways_of_planning_pay_only_whom_the_purse_may_pay_for(people: Any, purses: Any) -> None:
    with transaction.atomic():
        for number, (village, work) in enumerate(people):
            register(1, first=number + 1, village_code=village, occupation_id=work)
        here = programme()
        made = {
            one.pk: one
            for number, terms in enumerate(purses)
            for one in [purse(here, name=f"Dana {number}", priority=number + 1, **terms)]
        }
        for method in actions.Method:
            actions.allocation_plan(programme=here, method=method)
            with connection.cursor() as cursor:
                cursor.execute(
                    """SELECT plan.village_code, c.occupation_id, plan.purse_id, plan.reason
                       FROM plan JOIN candidate c USING (worker_id)"""
                )
                for village, work, paid_by, reason in cursor.fetchall():
                    reachable = any(may(one, village, work) for one in made.values())
                    assert paid_by is None or may(made[paid_by], village, work)
                    assert (reason == "no_purse") == (not reachable)
        transaction.set_rollback(True)


def test_the_reach_of_a_plan_is_the_rule_place_by_place() -> None:
    for number, village in enumerate(PLACES):
        register(1, first=2 * number + 1, village_code=village)
        register(1, first=2 * number + 2, village_code=village, occupation_id=RIDER)
    here = programme()
    purse(here, ceiling=1_000_000)
    purse(here, ceiling=1_000_000, name="Desa", kind="village_fund")
    purse(here, ceiling=1_000_000, name="Baguala", kind="csr", regions=["81.71.03"], occupations=[RIDER])
    offers = offers_for(here.purses.all(), JANUARY, DECEMBER)
    with elevated("a test plans"), connection.cursor() as cursor:
        waterfall.pour(cursor, programme=here, criteria=Criteria(), first=JANUARY, offers=offers)
        found = reach(cursor, offers)
    assert len(found.places) == 2 * len(PLACES)
    for place, number in found.places.items():
        assert place == Place(place.village_code, PLACES[place.village_code], place.work)
        expected = [may(offer.purse, place.village_code, place.work) for offer in offers]
        assert found.fits[number].tolist() == expected


def test_an_occupation_that_no_purse_asks_for_makes_no_place_of_its_own() -> None:
    register(1)
    register(1, first=2, occupation_id=RIDER)
    here = programme()
    purse(here, ceiling=1_000_000)
    offers = offers_for(here.purses.all(), JANUARY, DECEMBER)
    with elevated("a test plans"), connection.cursor() as cursor:
        waterfall.pour(cursor, programme=here, criteria=Criteria(), first=JANUARY, offers=offers)
        assert list(reach(cursor, offers).places) == [Place(PASSO, "negeri", "")]
