"""The pages of sponsors: a year from the register to the deduction, as people click through it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.sponsors.models import Pledge, Sponsor, SponsoredMonth
from tests.programmes.city import register
from tests.sponsors.office import FISHERY, TRADE, carried, decreed, foster, matched, nip, pledged, sponsors, workbook

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
FEBRUARY = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages look at today: for these tests it is the end of the programme's year."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_given: date(2026, 11, 25))


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_the_register_is_loaded_and_searched(client_of: ClientOf, sari: User, dewi: User) -> None:
    browser, url = client_of(sari), reverse("sponsor_list")
    assert "Belum ada ASN" in text(browser.get(reverse("sponsor_board")))
    rows = [[nip(number), f"Pegawai {number}", "Dinas Perikanan"] for number in range(1, 53)]
    page = browser.post(url, {"file": upload("asn.xlsx", workbook(["NIP", "NAMA", "OPD"], *rows, ["1", "X", "?"]))})
    assert "52 baru" in text(page)
    assert "baris 54, NIP" in text(page)
    page = browser.get(url)
    assert len(page.context["rows"]) == 50
    assert len(browser.get(url + page.context["next_url"]).context["rows"]) == 2
    assert nip(1) not in text(page)
    assert len(browser.get(url, {"search": "Pegawai 52"}).context["rows"]) == 1
    assert len(browser.get(url, {"search": nip(3)}).context["rows"]) == 1
    assert browser.get(url, {"pledged": "1", "agency": FISHERY, "after": "x"}).context["rows"] == []
    assert browser.post(url, {}).status_code == 422
    assert "Berkas perlu kolom" in text(browser.post(url, {"file": upload("a.csv", b"a;b\n1;2\n")}))
    assert client_of(dewi).post(url, {}).status_code == 403


def test_a_pledge_from_paper_to_matched_months(client_of: ClientOf, sari: User) -> None:
    browser, money, (sponsor,) = client_of(sari), foster(), sponsors()
    (two,) = register(1)
    given = {
        "purse": money.pk, "workers": 1, "first_month": "2026-01", "last_month": "2026-12", "signed_on": "2025-12-01",
        "wish_nik": two.nik,
    }  # fmt: skip
    url = reverse("sponsor_pledge", args=[sponsor.public_id])
    assert browser.post(url, given).status_code == 422
    wrong = browser.post(url, given | {"wish_nik": "9" * 16, "paper": upload("k.pdf", b"%PDF-1")})
    assert "Tidak ada pekerja hidup" in text(wrong)
    wrong = browser.post(url, given | {"paper": upload("k.exe", b"MZ")})
    assert (wrong.status_code, "PDF atau foto" in text(wrong)) == (422, True)
    answer = browser.post(url, given | {"paper": upload("k.pdf", b"%PDF-1")})
    with elevated("a test looks"):
        pledge = Pledge.objects.get()
    assert answer.headers["Location"] == reverse("pledge_detail", args=[pledge.public_id])
    assert sponsor.name in text(browser.get(reverse("pledge_list")))
    assert "menunggu diterima" in text(browser.get(reverse("sponsor_board")))
    browser.post(reverse("pledge_accept", args=[pledge.public_id]))
    told = browser.post(reverse("pledge_accept", args=[pledge.public_id]), follow=True)
    assert "sudah diterima atau ditarik" in text(told)
    money.refresh_from_db()
    assert money.ceiling == 3 * 16_800 + 9 * 8_400
    paper = browser.post(reverse("pledge_paper", args=[pledge.public_id]))
    assert (paper.content, paper.headers["Content-Type"]) == (b"%PDF-1", "application/pdf")

    with acting_as(sari):
        kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {"pledge.recorded", "pledge.accepted", "pledge.paper_taken"} <= kinds


def test_pairs_are_looked_at_kept_and_undone(client_of: ClientOf, sari: User) -> None:
    browser, money, (sponsor,) = client_of(sari), foster(), sponsors()
    one, two = register(2)
    pledge = pledged(sponsor, money, wish_worker=two)
    decreed([one, two], money)
    asked = {"purse": money.pk, "month": "2026-01"}
    page = browser.get(reverse("sponsor_match"), asked)
    assert (page.context["plan"].workers, page.context["plan"].left_workers) == (1, 1)
    assert two.name in text(page)
    assert "Pilihan pekerja" in text(page)
    assert carried() == {}
    stale = browser.post(reverse("sponsor_match"), asked | {"plan_hash": "0"})
    assert (stale.status_code, "lihat lagi" in text(stale)) == (422, True)
    assert carried() == {}
    browser.post(reverse("sponsor_match"), asked | {"plan_hash": page.context["plan"].plan_hash})
    assert len(carried()) == 12
    assert two.name in text(browser.get(reverse("pledge_detail", args=[pledge.public_id])))
    assert "Diterima" in text(browser.get(reverse("sponsor_detail", args=[sponsor.public_id])))
    browser.post(reverse("pledge_undo", args=[pledge.public_id]), {"worker": two.pk})
    assert browser.post(reverse("pledge_undo", args=[pledge.public_id]), {"worker": "x"}).status_code == 404


def test_an_offer_can_be_withdrawn(client_of: ClientOf, sari: User) -> None:
    from salawaku.sponsors.actions import pledge_record
    from tests.sponsors.test_pledge import terms

    money, (sponsor,) = foster(), sponsors()
    with elevated("a test acts"):
        pledge = pledge_record(by=None, sponsor=sponsor, purse=money, terms=terms())
    browser = client_of(sari)
    assert "belum ada" in text(browser.get(reverse("pledge_detail", args=[pledge.public_id])))
    told = browser.post(reverse("pledge_accept", args=[pledge.public_id]), follow=True)
    assert "Surat kuasa belum ada" in text(told)
    browser.post(reverse("pledge_withdraw", args=[pledge.public_id]), {"reason": "batal"})
    told = browser.post(reverse("pledge_withdraw", args=[pledge.public_id]), {"reason": "batal"}, follow=True)
    assert "Ditarik" in text(told)
    assert browser.post(reverse("pledge_paper", args=[pledge.public_id])).status_code == 404


@pytest.fixture
def carried_two(db: None) -> list[Sponsor]:
    """Two sponsors of the fishery office, who carry a worker each."""
    money, people = foster(), sponsors(2)
    for sponsor in people:
        pledged(sponsor, money)
    decreed(register(2), money)
    matched(money)
    return people


def test_the_deduction_list_and_what_comes_back(
    client_of: ClientOf, sari: User, agency_rina: User, carried_two: list[Sponsor]
) -> None:
    browser, asked = client_of(sari), {"agency": FISHERY, "month": "2026-02"}
    url = reverse("deduction_page")
    page = browser.get(url, asked)
    assert "Pegawai 1" in text(page)
    assert carried_two[0].nip not in text(page)
    file = browser.post(reverse("deduction_file"), asked)
    assert file.content[:2] == b"PK"
    assert "potongan-dinas_perikanan-2026-02.xlsx" in file.headers["Content-Disposition"]
    told = browser.post(reverse("deduction_hand"), asked | {"unpaid": [carried_two[1].pk, "x"]}, follow=True)
    assert "1 bapak asuh sudah terpotong, 1 belum" in text(told)
    rows = workbook(["NIP", "JUMLAH"], [nip(1), 5], [nip(9), 5])
    told = browser.post(reverse("deduction_return"), asked | {"file": upload("h.xlsx", rows)}, follow=True)
    for said in ("Jumlah di baris 2", "baris 3 dari berkas", "1 bapak asuh dari daftar"):
        assert said in text(told)
    told = browser.post(reverse("deduction_return"), asked, follow=True)
    assert "Pilih berkas" in text(told)
    told = browser.post(reverse("deduction_return"), asked | {"file": upload("h.csv", b"x")}, follow=True)
    assert "Berkas perlu kolom" in text(told)
    assert "Tidak ada yang dipotong" in text(browser.get(url, {"agency": TRADE, "month": "2026-02"}))
    assert browser.get(url, {"agency": "x", "month": "2026-02"}).status_code == 422
    assert browser.post(reverse("deduction_file"), {}).status_code == 422
    assert browser.post(reverse("deduction_hand"), {}).status_code == 422
    told = browser.post(reverse("deduction_hand"), asked | {"agency": TRADE}, follow=True)
    assert "Tidak ada potongan" in text(told)

    officer = client_of(agency_rina)
    assert "Pegawai 2" in text(officer.get(url, asked))
    assert officer.get(url, asked | {"agency": TRADE}).status_code == 422
    assert officer.post(reverse("deduction_hand"), asked).status_code == 403
    assert [row.agency for row in officer.get(reverse("sponsor_board")).context["rows"]] == [FISHERY]


def test_who_leaves_hands_over_and_who_moves_keeps(
    client_of: ClientOf, sari: User, carried_two: list[Sponsor]
) -> None:
    browser, sponsor = client_of(sari), carried_two[0]
    url = reverse("sponsor_move", args=[sponsor.public_id])
    assert browser.post(url, {"agency": "x"}).status_code == 422
    browser.post(url, {"agency": TRADE, "from_month": "2026-03"})
    assert browser.post(url, {"agency": TRADE, "from_month": "2026-03"}).status_code == 422
    with elevated("a test looks"):
        assert SponsoredMonth.objects.filter(agency_code=TRADE).count() == 10
    url = reverse("sponsor_leave", args=[sponsor.public_id])
    assert browser.post(url, {"status": "active"}).status_code == 422
    leaving = {"status": "retired", "from_month": "2026-11", "reason": "BUP"}
    looked = text(browser.post(url, leaving))
    assert ("1 pekerja tanpa bapak asuh" in looked, 'value="BUP"' in looked) == (True, True)
    with elevated("a test looks"):
        sponsor.refresh_from_db()
    assert sponsor.status == "active"
    told = browser.post(url, leaving | {"confirmed": "1"}, follow=True)
    assert told.redirect_chain[-1][0] == reverse("sponsor_without")
    assert "0 pekerja dialihkan ke bapak asuh lain, 1 belum" in text(told)
    (row,) = told.context["rows"]
    assert (row.name, row.cost) == ("Pekerja 1", 2 * 8_400)
    assert browser.post(url, {"status": "retired", "from_month": "2026-11"}).status_code == 422
    assert "Pensiun" in text(browser.get(reverse("sponsor_detail", args=[sponsor.public_id])))


def test_pages_without_anything_say_the_first_step(client_of: ClientOf, sari: User) -> None:
    browser = client_of(sari)
    for name, said in [
        ("pledge_list", "Tidak ada kesanggupan"),
        ("sponsor_without", "Semua sudah punya"),
        ("sponsor_list", "Tidak ditemukan"),
        ("deduction_page", "Setiap bulan"),
        ("sponsor_match", "Tampilkan hasilnya dulu"),
    ]:
        assert said in text(browser.get(reverse(name))), name
    money = foster()
    page = browser.get(reverse("sponsor_match"), {"purse": money.pk, "month": "2026-01"})
    assert "Tidak ada yang perlu dijodohkan" in text(page)
