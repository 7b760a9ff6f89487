"""What each purse pays per month."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.programmes.prices import offers_for, prices_for
from tests.programmes.city import programme, purse

pytestmark = pytest.mark.django_db


def test_a_purse_whose_months_are_over_offers_nothing() -> None:
    early = purse(programme(), ceiling=1_000_000, last_month=date(2026, 3, 1))
    assert prices_for([early], date(2026, 4, 1), date(2026, 12, 1)) == []
    assert offers_for([early], date(2026, 4, 1), date(2026, 12, 1)) == []
