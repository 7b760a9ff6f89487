"""The field checks of the demonstration: made once, and of every outcome there is something to see."""

from __future__ import annotations

import pytest

from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as
from salawaku.demo.field_checks import CHECKED, field_checks
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.outcomes import criteria_outcomes
from salawaku.registry.models import Declaration
from tests.programmes.city import programme, register

pytestmark = pytest.mark.django_db
RULE = Criteria(declared_working=True, residence_months=6, assistance="excluded")


def test_a_few_are_checked_once(sari: User) -> None:
    register(CHECKED + 3)
    here = programme()
    with acting_as(sari):
        assert field_checks(by=sari, programme=here) == CHECKED
        assert field_checks(by=sari, programme=here) == 0
        assert Declaration.objects.count() == CHECKED
    counted = criteria_outcomes(here, criteria=RULE)
    assert counted.reasons == {
        "not_working": 1, "residence_too_short": 2, "assistance_received": 2, "work_unknown": 3,
    }  # fmt: skip
    assert counted.passing == CHECKED - 5
