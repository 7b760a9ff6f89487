"""What is told to whom: by role and place, never more than a person may see, never a name."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.actions import bill_run, difference_assign
from salawaku.cover.models import Difference, Reconciliation
from salawaku.cover.selectors import lapse_counts
from salawaku.intake.models import ListFile, ListRow, Pair
from salawaku.notices import selectors
from salawaku.notices.actions import notices_make, preference_set
from salawaku.notices.kinds import KINDS, kinds_of
from salawaku.notices.models import Notice, NoticePreference
from salawaku.notices.wording import WORDS
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from salawaku.web import wording
from tests.conftest import person
from tests.cover.test_selectors import pay
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
APRIL, MARCH = date(2026, 4, 1), date(2026, 3, 10)
AMBON = "81.71"


def told(user: User, *kinds: str) -> list[tuple[str, str, dict[str, object]]]:
    rows = Notice.objects.filter(recipient=user, **({"kind__in": kinds} if kinds else {})).order_by("kind", "key")
    return [(row.kind, row.region_code, row.facts) for row in rows]


def test_lapses_go_to_the_village_and_to_the_programme_officer(
    lapsing: Purse, sari: User, operator: User, rina: User, tono: User, admin: User, dewi: User, treasurer: User
) -> None:
    assert lapsing.pk
    made = notices_make(by=None, as_of=APRIL).by_kind
    assert made == {"lapse_month": 3}
    ends = {"ends_on": "2026-05-01"}
    assert told(sari) == [("lapse_month", AMBON, {"workers": 4, "cost": 4 * 16_800, **ends})]
    assert told(operator) == [("lapse_month", PASSO, {"workers": 3, "cost": 3 * 16_800, **ends})]
    assert told(rina) == [("lapse_month", RUMAH_TIGA, {"workers": 1, "cost": 16_800, **ends})]
    assert [told(user) for user in (tono, admin, dewi, treasurer)] == [[], [], [], []]
    notice = Notice.objects.get(recipient=operator)
    assert notice.due_on == date(2026, 4, 30)
    assert notice.link == f"/perlindungan/gugur/?month=2026-05&village={PASSO}"
    assert not notice.urgent


def test_a_notice_counts_what_its_recipient_could_count(lapsing: Purse, sari: User, operator: User) -> None:
    notices_make(by=None, as_of=APRIL)
    for user in (sari, operator):
        with acting_as(user):
            assert lapse_counts(as_of=APRIL)[0] == told(user)[0][2]["workers"] > 0
    assert lapsing.pk


def test_an_agency_is_told_of_its_own_workers(lapsing: Purse, agency_rina: User) -> None:
    assert lapsing.pk
    notices_make(by=None, as_of=APRIL)
    assert [(kind, facts["workers"]) for kind, _region, facts in told(agency_rina)] == [("lapse_month", 3)]


def test_next_month_is_told_a_month_before_and_the_last_week_is_urgent(lapsing: Purse, operator: User) -> None:
    assert lapsing.pk
    for day in (MARCH, APRIL, date(2026, 4, 23), date(2026, 4, 24), date(2026, 4, 30), date(2026, 5, 1)):
        notices_make(by=None, as_of=day)
    rows = list(Notice.objects.filter(recipient=operator).order_by("id").values_list("kind", "urgent"))
    assert rows == [("lapse_next", False), ("lapse_month", False), ("lapse_week", True)]


def test_again_nothing_is_repeated(lapsing: Purse, sari: User, operator: User) -> None:
    assert lapsing.pk
    assert notices_make(by=None, as_of=APRIL).by_kind == {"lapse_month": 2}
    assert notices_make(by=None, as_of=APRIL).by_kind == {}
    assert notices_make(by=None, as_of=date(2026, 4, 2)).by_kind == {}
    assert Notice.objects.count() == 2
    assert sari.pk != operator.pk


def test_a_kind_that_is_switched_off_is_not_told(lapsing: Purse, operator: User, sari: User) -> None:
    assert lapsing.pk
    wish(operator, kinds_off=["lapse_month"])
    notices_make(by=None, as_of=APRIL)
    assert told(operator) == []
    assert len(told(sari)) == 1


def test_a_closed_account_is_told_nothing(lapsing: Purse, operator: User) -> None:
    assert lapsing.pk
    User.objects.filter(pk=operator.pk).update(is_active=False)
    notices_make(by=None, as_of=APRIL)
    assert told(operator) == []


def test_one_who_holds_a_region_and_a_village_in_it_is_told_once(lapsing: Purse) -> None:
    assert lapsing.pk
    both = person("dua@ambon.example", "Dua", ("programme_officer", AMBON), ("village_operator", PASSO))
    notices_make(by=None, as_of=APRIL)
    assert [region for _kind, region, _facts in told(both)] == [AMBON]


def test_bills_are_told_before_and_after_they_are_due(
    sari: User, budi: User, treasurer: User, operator: User, rina_far: User
) -> None:
    here = programme()
    purse(here, ceiling=1_000_000)
    register(2)
    approved(here, by=budi, maker=sari)
    bill = bill_run(by=sari, month=date(2026, 1, 1)).bills[0]
    notices_make(by=None, as_of=bill.due_on - timedelta(days=8))
    assert told(treasurer, "bill_due") == []
    notices_make(by=None, as_of=bill.due_on - timedelta(days=7))
    facts = {"code": bill.billing_code, "amount": 2 * 16_800, "workers": 2, "month": "2026-01-01"}
    assert told(treasurer, "bill_due", "bill_overdue") == [("bill_due", AMBON, facts)]
    notices_make(by=None, as_of=bill.due_on)
    assert told(treasurer, "bill_overdue") == []
    notices_make(by=None, as_of=bill.due_on + timedelta(days=1))
    assert told(treasurer, "bill_overdue") == told(sari, "bill_overdue") == [("bill_overdue", AMBON, facts)]
    type(bill).objects.update(status="paid", paid_on=bill.due_on)
    Notice.objects.all().delete()
    notices_make(by=None, as_of=bill.due_on + timedelta(days=1))
    assert told(treasurer, "bill_overdue") == []
    for user in (operator, rina_far):
        assert told(user, "bill_due", "bill_overdue", "bill_missing") == []


def test_a_month_that_is_not_billed_is_told_from_its_fifth(sari: User, budi: User, treasurer: User) -> None:
    here = programme()
    purse(here, ceiling=1_000_000)
    register(2)
    approved(here, by=budi, maker=sari)
    notices_make(by=None, as_of=date(2026, 2, 4))
    assert told(sari, "bill_missing") == []
    notices_make(by=None, as_of=date(2026, 2, 5))
    facts = {"workers": 2, "amount": 2 * 16_800, "month": "2026-02-01"}
    assert told(sari, "bill_missing") == [("bill_missing", AMBON, facts)]
    assert told(treasurer, "bill_missing") == []
    assert Notice.objects.filter(kind="bill_missing").first().due_on == law.due_date(date(2026, 2, 1))  # type: ignore[union-attr]


@pytest.mark.parametrize(("day", "months"), [(date(2026, 7, 31), 0), (date(2026, 8, 1), 1), (date(2026, 12, 31), 2)])
def test_money_that_nobody_uses_is_told_from_august_once_a_month(
    sari: User, treasurer: User, day: date, months: int
) -> None:
    here = programme()
    idle = purse(here, ceiling=1_000_000)
    full = purse(here, ceiling=1_000_000, name="Lain", priority=2)
    Purse.objects.filter(pk=full.pk).update(committed=950_000)
    notices_make(by=None, as_of=day)
    if months == 2:
        notices_make(by=None, as_of=date(2026, 9, 1))
    notices_make(by=None, as_of=day)
    facts = {"left": 1_000_000, "ceiling": 1_000_000, "source": idle.kind}
    assert told(treasurer, "money_unused") == [("money_unused", AMBON, facts)] * months
    assert len(told(sari, "money_unused")) == months


def _difference(worker: Worker, **fields: object) -> Difference:
    with elevated("a test"):
        month, _is_new = Reconciliation.objects.get_or_create(
            month=date(2026, 1, 1), region_code=AMBON, defaults={"file_name": "x", "sha256": "0" * 64, "rows": 1}
        )
        return Difference.objects.create(
            reconciliation=month, kind="paid_not_active", worker=worker, village_code=PASSO, due_on=date(2026, 2, 10),
            **fields,
        )  # fmt: skip


def test_differences_go_to_their_owner_else_to_all_who_could_settle(
    sari: User, budi: User, treasurer: User, operator: User
) -> None:
    first, second = register(2)
    mine = _difference(first)
    _difference(second)
    with acting_as(sari):
        difference_assign(by=sari, difference=mine, owner=sari, due_on=date(2026, 2, 12))
    notices_make(by=None, as_of=date(2026, 2, 11))
    assert {row[0] for row in told(budi)} == {"difference_overdue"}
    assert told(budi) == told(treasurer)
    assert [row[0] for row in told(sari)] == ["difference_due", "difference_overdue"]
    notices_make(by=None, as_of=date(2026, 2, 13))
    own = Notice.objects.filter(kind="difference_overdue", due_on=date(2026, 2, 12))
    assert [notice.recipient for notice in own] == [sari]
    assert told(operator) == []


def test_an_owner_who_has_left_is_not_told(sari: User, budi: User, rina_far: User) -> None:
    _difference(register(1)[0], owner=rina_far)
    notices_make(by=None, as_of=date(2026, 2, 9))
    assert told(rina_far) == []
    assert [row[0] for row in told(budi)] == [row[0] for row in told(sari)] == ["difference_due"]


def test_pairs_that_wait_are_told_once_a_week(sari: User, operator: User, rina_far: User) -> None:
    worker = register(1)[0]
    with elevated("a test"):
        file = ListFile.objects.create(
            village_code=PASSO, name="daftar.xlsx", sha256="0" * 64, size=1, stored=str(uuid4()),
            as_of=date(2026, 1, 5), by_id=operator.pk, by_name=operator.name,
        )  # fmt: skip
        row = ListRow.objects.create(
            file=file,
            village_code=PASSO,
            sheet="",
            row=2,
            status="review",
            codes=["nik.conflict"],
            home_village=PASSO,
        )
        ListFile.objects.filter(pk=file.pk).update(status="checked", rows=1)
        Pair.objects.create(village_code=PASSO, left=row, right_worker=worker, tier="conflict")
    for day in (date(2026, 2, 2), date(2026, 2, 8), date(2026, 2, 9)):
        notices_make(by=None, as_of=day)
    assert told(sari, "rows_waiting") == [("rows_waiting", AMBON, {"number": 1})] * 2
    assert told(operator) == told(rina_far) == []
    with elevated("a test"):
        ListRow.objects.filter(pk=row.pk).update(status="duplicate")
    assert notices_make(by=None, as_of=date(2026, 2, 16)).by_kind == {}


def test_the_january_without_a_payer_is_told_in_september(sari: User, operator: User, treasurer: User) -> None:
    year = purse(programme(), ceiling=1_000_000_000)
    for worker in register(3):
        pay(worker, year, *law.months_from(date(2026, 6, 1), date(2026, 12, 1)))
    notices_make(by=None, as_of=date(2026, 8, 31))
    assert told(sari, "january_plan") == []
    notices_make(by=None, as_of=date(2026, 9, 1))
    notices_make(by=None, as_of=date(2026, 9, 2))
    cost = 3 * law.monthly_cost(date(2027, 1, 1), payer=law.Payer.APBD)
    assert told(sari, "january_plan") == [("january_plan", AMBON, {"workers": 3, "cost": cost, "year": "2027"})]
    assert told(operator, "january_plan") == told(treasurer, "january_plan") == []


def test_no_text_names_a_person(lapsing: Purse, sari: User, operator: User) -> None:
    assert lapsing.pk
    notices_make(by=None, as_of=APRIL)
    with elevated("a test looks for names"):
        secrets = [text for worker in Worker.objects.all() for text in (worker.name, worker.nik)]
    for user in (sari, operator):
        for language in ("id", "en"):
            with translation.override(language):
                shown = selectors.notice_page(user)[0]
                assert all(wording.rupiah(row.notice.facts["cost"]) in row.text for row in shown)
            said = json.dumps([(row.subject, row.text, row.notice.facts, row.notice.link) for row in shown])
            assert len(shown) == 1
            assert not any(secret in said for secret in secrets)


def test_every_kind_has_its_words_and_somebody_to_tell(
    sari: User, operator: User, treasurer: User, tono: User, admin: User
) -> None:
    assert set(WORDS) == set(KINDS)
    assert set(kinds_of(sari)) == set(KINDS)
    assert set(kinds_of(operator)) == {"lapse_week", "lapse_month", "lapse_next"}
    assert "bill_overdue" in kinds_of(treasurer)
    assert "lapse_week" not in kinds_of(treasurer)
    assert kinds_of(tono) == kinds_of(admin) == []


def test_who_moves_to_another_region_no_longer_reads_of_the_old_one(lapsing: Purse, operator: User) -> None:
    assert lapsing.pk
    notices_make(by=None, as_of=APRIL)
    assert selectors.unread_count(operator) == 1
    operator.assignments.update(region_code="81.01.01.2001")
    operator.forget_roles()
    assert selectors.unread_count(operator) == 0
    assert selectors.notice_page(operator) == ([], "")


def wish(user: User, **fields: object) -> NoticePreference:
    given = {
        "kinds_off": [], "by_mail": True, "rhythm": "daily", "quiet_from": time(20), "quiet_until": time(6),
        "language": "id", **fields,
    }  # fmt: skip
    return preference_set(by=user, **given)  # type: ignore[arg-type]
