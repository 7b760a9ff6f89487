"""The monthly deduction: the list, what comes back, by hand."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection

from salawaku.accounts.models import Agency, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from salawaku.sponsors import actions, selectors
from salawaku.sponsors.deduction_list import deductions_list
from salawaku.sponsors.models import Sponsor, SponsoredMonth
from tests.programmes.city import JANUARY, register
from tests.sponsors.office import AMBON, FISHERY, TRADE, decreed, foster, matched, nip, pledged, sponsors, workbook

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def three(db: None) -> list[Sponsor]:
    """Three sponsors: the first carries two workers, of whom one drives an ojek; the third is of another agency."""
    money = foster()
    people = [*sponsors(2), *sponsors(first=3, agency=TRADE)]
    workers = [*register(3), *register(1, first=4, occupation_id="tukang_ojek")]
    for sponsor, wished in zip(people, (3, 1, 2), strict=True):
        pledged(sponsor, money, workers=2 if sponsor is people[0] else 1, wish_worker=workers[wished])
    decreed(workers, money)
    matched(money)
    return people


def owed(agency: str = FISHERY, month: date = FEBRUARY) -> list[selectors.Deduction]:
    return selectors.deductions(region_code=AMBON, agency_code=agency, month=month)


def statuses(month: date = FEBRUARY) -> dict[str, set[str]]:
    with elevated("a test looks"):
        rows = SponsoredMonth.objects.filter(month=month).values_list("pledge__sponsor__nip", "status")
        found: dict[str, set[str]] = {}
        for number, status in rows:
            found.setdefault(number, set()).add(status)
        return found


def returned(*rows: object, agency: str = FISHERY, name: str = "hasil.xlsx") -> actions.DeductionResult:
    return actions.deductions_return(
        by=None, region_code=AMBON, agency_code=agency, month=FEBRUARY, file_name=name, content=workbook(*rows)
    )  # type: ignore[arg-type]


def test_an_ojek_rider_costs_a_sponsor_half_in_february(three: list[Sponsor]) -> None:
    assert [(row.nip, row.workers, row.amount) for row in owed()] == [
        (nip(1), 2, 8_400 + 16_800),
        (nip(2), 1, 16_800),
    ]
    assert [(row.nip, row.amount) for row in owed(month=date(2026, 4, 1))] == [(nip(1), 16_800), (nip(2), 8_400)]
    assert [row.nip for row in owed(TRADE)] == [nip(3)]
    assert selectors.deductions(region_code="81.01", agency_code=FISHERY, month=FEBRUARY) == []


def test_the_workbook_adds_up_names_no_worker_and_comes_out_the_same(three: list[Sponsor], sari: User) -> None:
    agency = Agency.objects.get(pk=FISHERY)
    with elevated("a test looks"):
        Sponsor.objects.filter(pk=three[1].pk).update(bank="Bank Lain", name="=1+1")
    with acting_as(sari):
        made = [deductions_list(by=sari, region_code=AMBON, agency=agency, month=FEBRUARY) for _turn in range(2)]
    assert made[0] == made[1]
    sheet = openpyxl.load_workbook(io.BytesIO(made[0])).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert rows == [
        [1, nip(2), "=1+1", "Bank Lain", "002", 1, 16_800],
        [None, None, "Jumlah Bank Lain", None, None, 1, 16_800],
        [2, nip(1), "Pegawai 1", "Bank Uji", "001", 2, 25_200],
        [None, None, "Jumlah Bank Uji", None, None, 2, 25_200],
        [None, None, "Jumlah semua bank", None, None, 3, 42_000],
    ]
    with elevated("a test looks"):
        names = list(Worker.objects.values_list("name", flat=True))
    text = str([list(row) for row in sheet.iter_rows(values_only=True)])
    assert not any(name in text for name in names)


def test_what_comes_back_is_written_once(three: list[Sponsor]) -> None:
    file = (["NIP", "JUMLAH", "TERPOTONG"], [nip(1), "25.200", "YA"], [nip(2), 16_800, "saldo kurang"],
            [nip(9), 16_800, "YA"])  # fmt: skip
    result = returned(*file)
    assert result.as_json() == {
        "paid": 1, "unpaid": 1, "amount_differs": [], "unknown": [4], "not_listed": 0, "changed_months": 3,
    }  # fmt: skip
    assert statuses() == {nip(1): {"paid"}, nip(2): {"unpaid"}, nip(3): {"due"}}
    assert returned(*file).changed == 0
    assert returned(["NIP", "JUMLAH"], [nip(2), 16_800]).changed == 1
    assert statuses()[nip(2)] == {"paid"}
    assert [row.state for row in owed()] == ["paid", "paid"]


def test_another_amount_is_told_and_left_to_a_person(three: list[Sponsor]) -> None:
    result = returned(["NIP", "JUMLAH"], [nip(1), 16_800])
    assert (result.amount_differs, result.not_listed, result.changed) == ([2], 1, 0)
    assert statuses()[nip(1)] == {"due"}


def test_by_hand_all_but_these(three: list[Sponsor], sari: User, rina_far: User) -> None:
    with acting_as(sari):
        result = actions.deductions_by_hand(
            by=sari, region_code=AMBON, agency_code=FISHERY, month=FEBRUARY, unpaid=[three[1]]
        )
    assert (result.paid, result.unpaid, result.changed) == (1, 1, 3)
    assert statuses() == {nip(1): {"paid"}, nip(2): {"unpaid"}, nip(3): {"due"}}
    with acting_as(rina_far), pytest.raises(Refusal, match="not yours"):
        actions.deductions_by_hand(by=rina_far, region_code=AMBON, agency_code=FISHERY, month=FEBRUARY, unpaid=[])


def test_unpaid_ones_stand_beside_the_day_of_lapse(three: list[Sponsor], sari: User) -> None:
    money = Purse.objects.get()
    actions.deductions_by_hand(by=None, region_code=AMBON, agency_code=FISHERY, month=FEBRUARY, unpaid=[three[1]])
    with elevated("a test pays January"), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cover_bill (programme_id, purse_id, month, amount, workers, billing_code, due_on,
                   status, paid_on) VALUES (%s, %s, %s, 1, 1, 'x', %s, 'paid', %s) RETURNING id""",
            [money.programme_id, money.pk, JANUARY, JANUARY, JANUARY],
        )
        cursor.execute(
            "UPDATE cover_workermonth SET status = 'paid', bill_id = %s WHERE month = %s",
            [cursor.fetchone()[0], JANUARY],
        )
    with acting_as(sari):
        (row,) = selectors.without_sponsor(region_code=AMBON, as_of=date(2026, 3, 2))
    assert (row.name, row.membership_end, row.cost) == ("Pekerja 2", date(2026, 5, 1), 16_800)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["NIP"], [nip(1)]], "deduction.columns"),
        ([["NIP", "JUMLAH"], [int(nip(1)), 5]], "deduction.unreadable"),
        ([["NIP", "JUMLAH"], ["123", 5]], "deduction.unreadable"),
        ([["NIP", "JUMLAH"], ["1.980010101200501E+17", 5]], "deduction.unreadable"),  # eighteen digits, not a NIP
        ([["NIP", "JUMLAH"], [nip(1), "-16800"]], "deduction.word_unknown"),
        ([["NIP", "JUMLAH"], [nip(1), "lihat lampiran"]], "deduction.word_unknown"),
        ([["NIP", "TERPOTONG"], [nip(1), "mungkin"]], "deduction.word_unknown"),
    ],
)
def test_files_that_leave_a_doubt_are_refused(three: list[Sponsor], rows: list[object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        returned(*rows)
    assert refused.value.code == code
    assert nip(1) not in str(refused.value)


def test_nothing_to_deduct_and_an_unknown_agency_are_told(three: list[Sponsor]) -> None:
    for agency in ("dinas_sosial", "x"):
        with pytest.raises(Refusal, match="Nothing is to be deducted"):
            returned(["NIP", "JUMLAH"], [nip(1), 5], agency=agency)


def test_an_agency_that_is_no_more_takes_no_answer(three: list[Sponsor]) -> None:
    with elevated("a test acts"):
        Sponsor.objects.filter(agency_code=FISHERY).update(agency_code=TRADE)
    Agency.objects.filter(pk=FISHERY).delete()
    with pytest.raises(Refusal) as refused:
        actions.deductions_by_hand(by=None, region_code=AMBON, agency_code=FISHERY, month=FEBRUARY, unpaid=[])
    assert refused.value.code == "agency.unknown"
    assert statuses()[nip(1)] == {"due"}
