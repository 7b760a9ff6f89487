"""Two people change a rule at once: both versions are kept, none is lost."""

from __future__ import annotations

import pytest

from salawaku.accounts.models import User
from salawaku.programmes import actions
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import CriteriaSet
from tests.cover.test_concurrency import AT_ONCE, together
from tests.programmes.city import programme

pytestmark = pytest.mark.django_db(transaction=True)


def test_changes_at_once_are_all_kept_one_after_the_other(sari: User) -> None:
    here = programme()
    works = [
        lambda age=age: actions.programme_criteria_set(by=sari, programme=here, criteria=Criteria(age_max=age))
        for age in range(50, 50 + AT_ONCE)
    ]
    results = together(*works)
    assert not [result for result in results if isinstance(result, Exception)]
    kept = dict(CriteriaSet.objects.order_by("version").values_list("version", "rules__age_max"))
    assert list(kept) == list(range(1, AT_ONCE + 2))
    assert sorted(kept.values()) == [*range(50, 50 + AT_ONCE), 64]
    here.refresh_from_db()
    assert (here.criteria_version, here.criteria["age_max"]) == (AT_ONCE + 1, kept[AT_ONCE + 1])
