"""The home page's figures, from a small city that went through plan, bill and payment."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.accounts.models import User
from salawaku.cover.actions import bill_run
from salawaku.programmes import actions
from salawaku.web.dashboard import Dashboard
from salawaku.web.selectors import dashboard_for
from tests.cover.test_selectors import pay
from tests.programmes.city import AHUSEN, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 22)


@pytest.fixture
def city(sari: User, budi: User, acting) -> None:
    """Passo: two of three paid in May, one lapses on 1 June. Rumah Tiga: one registered, never covered."""
    of = programme()
    money = purse(of, ceiling=1_000_000)
    first, second, third = register(3)
    register(1, first=4, village_code=RUMAH_TIGA)
    pay(first, money, date(2026, 5, 1))
    pay(second, money, date(2026, 4, 1), date(2026, 5, 1))
    pay(third, money, date(2026, 2, 1))


@pytest.fixture
def seen(city: None, acting):
    """The page's figures as a person sees them."""

    def look(user: User, today: date = TODAY) -> Dashboard:
        with acting(user):
            return dashboard_for(user, today=today)

    return look


def test_the_three_numbers_add_up_over_the_villages(seen, sari: User) -> None:
    board = seen(sari)
    assert (board.covered, board.target, board.lapsing) == (2, 4, 1)
    assert {place.name: (place.part, place.whole) for place in board.places} == {
        "Negeri Passo": (2, 3),
        "Negeri Rumah Tiga": (0, 1),
    }


def test_a_village_with_many_about_to_lapse_is_marked(seen, sari: User) -> None:
    marked = {place.name: place.needs_attention for place in seen(sari).places}
    assert marked == {"Negeri Passo": True, "Negeri Rumah Tiga": False}


def test_everybody_sees_the_own_area_only(seen, rina: User, rina_far: User) -> None:
    assert [place.name for place in seen(rina).places] == ["Negeri Rumah Tiga"]
    assert seen(rina_far).places == []


def test_whoever_sees_no_cover_is_shown_no_figures(seen, admin: User) -> None:
    board = seen(admin)
    assert not board.has_figures
    assert (list(board.places), list(board.lapses), board.purses) == ([], [], None)


def test_lapses_ahead_are_counted_by_month(seen, sari: User) -> None:
    assert [(lapse.month, lapse.count) for lapse in seen(sari).lapses] == [
        (date(2026, 6, 1), 1),
        (date(2026, 9, 1), 2),
    ]


def test_the_history_has_twelve_months_and_counts_what_was_paid(seen, sari: User) -> None:
    history = seen(sari).history
    assert (len(history), history[0].month, history[-1].month) == (12, date(2025, 6, 1), date(2026, 5, 1))
    assert [month.part for month in history[-5:]] == [0, 1, 0, 1, 2]
    assert {month.whole for month in history} == {4}


def test_a_plan_waits_for_a_colleague_not_for_its_maker(seen, sari: User, budi: User, acting) -> None:
    with acting(sari):
        plan = actions.allocation_propose(
            by=sari, programme=programme(code="ambon-b"), first_month=date(2026, 6, 1)
        ).allocation
    assert plan is not None
    waiting = {task.icon: task for task in seen(budi).tasks}
    assert waiting["scale"].count == 1
    assert "scale" not in {task.icon for task in seen(sari).tasks}


def test_decreed_months_wait_to_be_billed(sari: User, budi: User, acting) -> None:
    of = programme()
    money = purse(of, ceiling=1_000_000)
    register(2, village_code=AHUSEN)
    with acting(budi):
        plan = approved(of, by=budi, maker=sari, first_month=date(2026, 5, 1))
        actions.decree_freeze(
            by=budi, allocation=plan, number="188/2026", signed_on=date(2026, 5, 2), signatory="Wali Kota"
        )
        board = dashboard_for(budi, today=TODAY)
        assert {task.icon: task.count for task in board.tasks} == {"receipt": 2}
        purses = board.purses or []
        assert [(one.name, one.committed + one.left) for one in purses] == [(money.name, money.ceiling)]
        bill_run(by=budi, month=date(2026, 5, 1))
        assert list(dashboard_for(budi, today=TODAY).tasks) == []
