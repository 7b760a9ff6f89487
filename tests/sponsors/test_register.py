"""The register of civil servants: from a file, set-based, again changes nothing."""

from __future__ import annotations

import time
from datetime import date

import pytest

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.sponsors import actions
from salawaku.sponsors.models import Pledge, Sponsor, SponsoredMonth
from tests.programmes.city import register
from tests.sponsors.office import AMBON, FISHERY, TRADE, decreed, foster, matched, nip, pledged, sponsors, workbook

pytestmark = pytest.mark.django_db
HEADING = ["No", "NIP", "Nama", "OPD", "Bank", "No. Rekening"]


def load(content: bytes, **fields: object) -> actions.LoadResult:
    given = {"by": None, "region_code": AMBON, "file_name": "asn.xlsx", "content": content} | fields
    return actions.sponsors_load(**given)  # type: ignore[arg-type]


def test_rows_are_taken_and_the_wrong_ones_told_with_row_and_column() -> None:
    sponsors(1, first=7, region="81.01")
    content = workbook(
        ["DAFTAR ASN KOTA AMBON"],
        HEADING,
        [1, f"'{nip(1)[:8]} {nip(1)[8:]}", "Pegawai  Satu", "Dinas Perikanan", "Bank Uji", "00123"],
        [2, nip(2), "Pegawai Dua", "dinas_perindag", "", ""],
        [3, "1980", "Pegawai Tiga", "Dinas Perikanan", "", ""],
        [4, int(nip(4)), "Pegawai Empat", "Dinas Perikanan", "", ""],
        [5, nip(5), "", "Dinas Perikanan", "", ""],
        [6, nip(6), "Pegawai Enam", "Dinas Antah Berantah", "", ""],
        [7, nip(1), "Pegawai Satu", "Dinas Perikanan", "", ""],
        [8, "", "Pegawai Delapan", "Dinas Perikanan", "", ""],
        [9, nip(7), "Pegawai Tujuh", "Dinas Perikanan", "", ""],
        [],
    )
    result = load(content)
    assert (result.added, result.changed, result.unchanged) == (2, 0, 0)
    assert [(fault.row, fault.column, fault.code) for fault in result.faults] == [
        (5, "NIP", "nip.length"),
        (6, "NIP", "nip.precision_lost"),
        (7, "NAMA", "name.missing"),
        (8, "OPD", "agency.unknown"),
        (9, "NIP", "nip.repeated"),
        (10, "NIP", "nip.missing"),
        (11, "NIP", "nip.foreign"),
    ]
    assert not any(number in str(fault) for fault in result.faults for number in (nip(1), "1980"))
    with elevated("a test looks"):
        one, two = Sponsor.objects.filter(village_code=AMBON).order_by("nip")
    assert (one.nip, one.name, one.agency_code, one.account) == (nip(1), "Pegawai Satu", FISHERY, "00123")
    assert two.agency_code == TRADE


def test_ten_thousand_rows_in_a_few_seconds_and_again_changes_nothing() -> None:
    lines = ["nip;nama;opd", *(f"{nip(0)[:13]}{number:05d};Pegawai {number};{FISHERY}" for number in range(10_345))]
    content = "\n".join(lines).encode()
    begun = time.perf_counter()
    assert load(content, file_name="asn.csv").added == 10_345
    assert time.perf_counter() - begun < 20
    again = load(content, file_name="asn.csv")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 10_345)


def test_a_file_of_one_agency_needs_no_column_and_an_account_is_not_lost() -> None:
    assert load(workbook(["NIP", "NAMA", "REKENING"], [nip(1), "Satu", "009"]), agency_code=TRADE).added == 1
    assert load(workbook(["NIP", "NAMA"], [nip(1), "Satu Baru"]), agency_code=TRADE).changed == 1
    with elevated("a test looks"):
        assert Sponsor.objects.values_list("name", "account", "agency_code").get() == ("Satu Baru", "009", TRADE)


def test_who_moves_to_another_agency_keeps_the_workers() -> None:
    money = foster()
    (sponsor,) = sponsors()
    decreed(register(1), money)
    pledged(sponsor, money)
    matched(money)
    with elevated("a test pays"):
        SponsoredMonth.objects.filter(month=date(2026, 1, 1)).update(status="paid")
    with elevated("a test acts"):
        actions.sponsor_move(by=None, sponsor=sponsor, agency_code=TRADE, from_month=date(2026, 3, 1))
        months = dict(SponsoredMonth.objects.values_list("month", "agency_code"))
        assert {f"{month:%m}" for month, agency in months.items() if agency == FISHERY} == {"01", "02"}
        assert set(months.values()) == {FISHERY, TRADE}
        assert Pledge.objects.get().agency_code == TRADE
        with pytest.raises(Refusal, match="works in this agency"):
            actions.sponsor_move(by=None, sponsor=sponsor, agency_code=TRADE, from_month=date(2026, 3, 1))
        with pytest.raises(Refusal, match="no agency with this code"):
            actions.sponsor_move(by=None, sponsor=sponsor, agency_code="x", from_month=date(2026, 3, 1))
    assert load(workbook(HEADING, [1, sponsor.nip, sponsor.name, FISHERY, "", ""])).changed == 1
    with elevated("a test looks"):
        assert Pledge.objects.get().agency_code == FISHERY


def test_a_later_move_of_one_is_not_brought_forward_by_the_move_of_another() -> None:
    money, people = foster(), sponsors(2)
    decreed(register(2), money)
    for sponsor in people:
        pledged(sponsor, money)
    matched(money)
    with elevated("a test acts"):
        actions.sponsor_move(by=None, sponsor=people[0], agency_code=TRADE, from_month=date(2026, 12, 1))
        actions.sponsor_move(by=None, sponsor=people[1], agency_code=TRADE, from_month=date(2026, 3, 1))
    assert load(workbook(HEADING, [1, people[1].nip, "Nama Baru", TRADE, "", ""])).changed == 1
    with elevated("a test looks"):
        moved = SponsoredMonth.objects.filter(agency_code=TRADE).values_list("pledge__sponsor_id", "month")
        assert sorted(month.month for owner, month in moved if owner == people[0].pk) == [12]
        assert sorted(month.month for owner, month in moved if owner == people[1].pk) == list(range(3, 13))


@pytest.mark.parametrize(
    ("content", "fields", "code"),
    [
        (b"", {}, "sponsor.file_unreadable"),
        (b"PK\x03\x04 broken", {}, "sponsor.file_unreadable"),
        (b"a;b\n1;2\n", {}, "sponsor.columns"),
        (b"nip;nama\n1;x\n", {}, "sponsor.columns"),
        (b"0" * 10_000_001, {}, "sponsor.file_too_large"),
        (b"nip;nama\n1;x\n", {"agency_code": "x"}, "agency.unknown"),
        (b"nip;nama\n1;x\n", {"region_code": "99"}, "region.unknown"),
    ],
)
def test_files_that_cannot_be_used_are_refused(content: bytes, fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        load(content, file_name="asn.csv", **fields)
    assert refused.value.code == code


def test_a_file_name_with_a_long_ending_is_no_obstacle() -> None:
    with pytest.raises(Refusal) as refused:
        load(b"", file_name="asn." + "x" * 250)
    assert refused.value.code == "sponsor.file_unreadable"


def test_a_foreign_officer_loads_nothing_here(rina_far: User) -> None:
    with acting_as(rina_far), pytest.raises(Refusal, match="not yours"):
        load(b"nip;nama;opd\n", by=rina_far)
