"""The sponsor's year: register, pledge, match, monthly deduction, bills, a sponsor who retires, participation.

The year is 2024, long before the demonstration city begins, so that nothing else stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

pytestmark = pytest.mark.browser
TODAY = datetime.now(tz=ZoneInfo("Asia/Jayapura")).date()
PRICE = 16_800
FISHERY, TRADE = "dinas_perikanan", "dinas_perindag"
PROGRAMME, PURSE = "Setahun bapak asuh", "Bapak asuh 2024 (uji)"
FIRST, RETIRES, STAYS, TAKES_OVER = (
    "Ferdinand Latuharhary (uji)", "Octovina Sahetapy (uji)", "Marthen Huwae (uji)", "Adolfina Rumalatu (uji)",
)  # fmt: skip
ELSEWHERE = "Paulina Dinas Lain (uji)"
ASN = (
    ("198001012005011901", FIRST, FISHERY, "Bank Maluku", "0100000901"),
    ("196205052005012902", RETIRES, FISHERY, "Bank Maluku", "0100000902"),
    ("198303032005011903", STAYS, FISHERY, "Bank Lain", "0200000903"),
    ("198404042005012904", TAKES_OVER, FISHERY, "Bank Maluku", "0100000904"),
    ("198505052005012905", ELSEWHERE, TRADE, "Bank Maluku", "0100000905"),
    ("19850505200501290", "Tujuh Belas Angka (uji)", TRADE, "", ""),
)
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_year_of_sponsors(visit: Callable[..., Page], tmp_path: Path) -> None:
    sari, budi, finance = (visit(name) for name in ("sari", "budi", "keuangan"))
    before = participation(sari)
    load(sari, register(tmp_path / "asn.xlsx"))
    programme = steps.open_programme(sari, name=PROGRAMME, code="bapak-asuh-2024", first="2024-01", last="2024-12")
    steps.open_purse(sari, programme, name=PURSE, kind="foster", ceiling=0, minimum_months="6")

    going = pledge(sari, RETIRES, workers=2, first="2024-01", last="2024-12")
    pledge(sari, STAYS, workers=1, first="2024-01", last="2024-12")
    sari.goto(programme)
    expect(sari.locator("main")).to_contain_text("Rp604.800")  # 3 workers × 12 months × 16,800

    plan = steps.propose(sari, programme)
    expect(sari.locator("main")).to_contain_text("3 pekerja, 36 bulan")
    steps.approve(budi, plan)
    steps.decree(sari, plan, number="7/SK/2024 (uji)", day="2023-12-20")
    names = match(sari)
    assert len(set(names)) == 3

    rows = deduction_list(sari, FISHERY, "2024-01", tmp_path / "potongan.xlsx")
    assert {row[2]: (row[1], row[4], row[5], row[6]) for row in rows if isinstance(row[0], int)} == {
        RETIRES: (ASN[1][0], ASN[1][4], 2, 2 * PRICE),
        STAYS: (ASN[2][0], ASN[2][4], 1, PRICE),
    }
    assert [(row[2], row[6]) for row in rows if str(row[2]).startswith("Jumlah")] == [
        ("Jumlah Bank Lain", PRICE),
        ("Jumlah Bank Maluku", 2 * PRICE),
        ("Jumlah semua bank", 3 * PRICE),
    ]
    all_but(sari, STAYS)

    billed = steps.bills(sari, first="2024-01", last="2024-06", purse=PURSE, programme=PROGRAMME)
    assert [amount for _code, amount in billed] == [3 * PRICE] * 6
    steps.pay(finance, billed, tmp_path / "bapak-asuh.csv", day="14-01-2024")

    taking_over = pledge(sari, TAKES_OVER, workers=2, first="2024-07", last="2024-12")
    carried = workers_of(sari, going)
    retire(sari, RETIRES)
    assert workers_of(sari, taking_over) == carried
    expect(sari.locator("main")).to_contain_text("Juli 2024 – Desember 2024")
    deduction_page(sari, FISHERY, "2024-07")
    expect(sari.locator("main tbody tr", has_text=TAKES_OVER)).to_contain_text("Rp33.600")
    expect(sari.locator("main tbody tr", has_text=RETIRES)).to_have_count(0)
    steps.fits_a_phone(sari)

    a_pledge_of_today(sari)
    expect_participation(sari, before)
    expect_own_agency_only(visit("perikanan"), going)
    expect_no_names(visit("pimpinan"), programme, plan, names)


def register(path: Path) -> Path:
    """The register as the personnel office sends it; one NIP lacks a digit."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DAFTAR ASN (UJI)"])
    sheet.append(["NIP", "NAMA", "OPD", "BANK", "REKENING"])
    for row in ASN:
        sheet.append(row)
    book.save(path)
    return path


def load(page: Page, path: Path) -> None:
    """Sari loads the register and reads which row was not taken."""
    page.goto("/bapak-asuh/asn/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Muat", exact=True).click()
    told = page.get_by_role("status").first
    expect(told).to_contain_text("5 baru, 0 berubah, 0 tetap; 1 baris tidak dapat diambil")
    expect(told).to_contain_text("baris 8, NIP")


def find(page: Page, name: str) -> None:
    """Search a civil servant and open the page."""
    page.goto("/bapak-asuh/asn/")
    page.locator("main [name=search]").fill(name)
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def pledge(page: Page, name: str, *, workers: int, first: str, last: str, purse: str = PURSE) -> str:
    """Write a pledge down with its power of attorney, and accept it; answers its address."""
    find(page, name)
    page.get_by_text("Catat kesanggupan", exact=True).click()
    form = page.locator("form[action$='/kesanggupan/']")
    chosen = form.locator("[name=purse] option", has_text=purse).get_attribute("value")
    form.locator("[name=purse]").select_option(chosen)
    form.locator("[name=workers]").fill(str(workers))
    form.locator("[name=first_month]").fill(first)
    form.locator("[name=last_month]").fill(last)
    form.locator("[name=signed_on]").fill("2023-12-01")
    form.locator("[name=paper]").set_input_files(
        {"name": "surat-kuasa.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    form.get_by_role("button", name="Simpan kesanggupan").click()
    page.wait_for_url(re.compile(r"/bapak-asuh/kesanggupan/[0-9a-f-]{36}/"))
    page.get_by_role("button", name="Terima kesanggupan").click()
    expect(page.get_by_role("status").first).to_contain_text("Kesanggupan diterima")
    return page.url


def match(page: Page) -> list[str]:
    """Look at the pairs, then keep them; answers the names of the workers."""
    page.goto("/bapak-asuh/")
    page.get_by_role("link", name="Jodohkan").click()
    form = page.locator("main form[method=get]")
    form.locator("[name=purse]").select_option(label=f"{PURSE} · {PROGRAMME}")
    form.locator("[name=month]").fill("2024-01")
    form.get_by_role("button").click()
    names = page.locator("main table tbody tr th a").all_inner_texts()
    page.get_by_role("button", name="Simpan pasangan ini").click()
    expect(page.get_by_role("status").first).to_contain_text("3 pekerja kini punya bapak asuh, 0 belum")
    return names


def deduction_page(page: Page, agency: str, month: str) -> None:
    """Show the list of an agency and month."""
    page.goto("/bapak-asuh/potongan/")
    page.locator("main form[method=get] [name=agency]").select_option(agency)
    page.locator("main form[method=get] [name=month]").fill(month)
    page.get_by_role("button", name="Tampilkan daftar").click()


def deduction_list(page: Page, agency: str, month: str, target: Path) -> list[tuple[object, ...]]:
    """Take the list out and read it."""
    deduction_page(page, agency, month)
    with page.expect_download() as offered:
        page.get_by_role("button", name="Daftar potongan (Excel)").click()
    offered.value.save_as(target)
    book = openpyxl.load_workbook(target, read_only=True)
    return [row for row in book.worksheets[0].iter_rows(values_only=True) if len(row) > 6]


def all_but(page: Page, name: str) -> None:
    """Everybody has paid but one."""
    page.locator("main tbody tr", has_text=name).get_by_role("checkbox").check()
    page.get_by_role("button", name="Semua terpotong kecuali yang ditandai").click()
    expect(page.get_by_role("status").first).to_contain_text("1 bapak asuh sudah terpotong, 1 belum")
    expect(page.locator("main tbody tr", has_text=name)).to_contain_text("Tidak terpotong")


def workers_of(page: Page, address: str) -> list[str]:
    """Whom a pledge carries."""
    page.goto(address)
    return page.locator("main table tbody tr th").all_inner_texts()


def retire(page: Page, name: str) -> None:
    """A sponsor retires: first what would change, then the hand-over."""
    find(page, name)
    page.get_by_text("Pensiun, pindah ke luar, atau berhenti", exact=True).click()
    form = page.locator("form[action*='/berhenti/']")
    form.locator("[name=status]").select_option("retired")
    form.locator("[name=from_month]").fill("2024-07")
    form.locator("[name=reason]").fill("Batas usia pensiun")
    form.get_by_role("button", name="Lihat apa yang akan berubah").click()
    looked = form.get_by_role("status")
    expect(looked).to_contain_text("12 bulan pada bapak asuh ini berakhir")
    expect(looked).to_contain_text("2 pekerja dialihkan")
    expect(looked).to_contain_text("0 pekerja tanpa bapak asuh")
    expect(form.locator("[name=reason]")).to_have_value("Batas usia pensiun")
    steps.fits_a_phone(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    form.get_by_role("button", name="Alihkan pekerjanya").click()
    expect(page.get_by_role("status").first).to_contain_text("2 pekerja dialihkan ke bapak asuh lain, 0")
    expect(page.locator("main")).to_contain_text("Pensiun, mulai Juli 2024")


def a_pledge_of_today(page: Page) -> None:
    """One of the five promises to carry somebody in this month as well."""
    month = f"{TODAY:%Y-%m}"
    programme = steps.open_programme(page, name="Bapak asuh kini", code="bapak-asuh-kini", first=month, last=month)
    steps.open_purse(page, programme, name="Bapak asuh kini (uji)", kind="foster", ceiling=0)
    pledge(page, FIRST, workers=1, first=month, last=month, purse="Bapak asuh kini (uji)")


def participation(page: Page) -> tuple[int, int]:
    """Civil servants and active sponsors of the fishery agency; nothing where it is not on the page."""
    page.goto("/bapak-asuh/")
    expect(page.get_by_role("heading", name="Bapak asuh", level=1)).to_be_visible()
    row = page.locator("main tbody tr", has_text="Dinas Perikanan")
    if not row.count():
        return 0, 0
    cells = row.locator("td.num")
    return steps.number(cells.nth(0)), steps.number(cells.nth(1))


def expect_participation(page: Page, before: tuple[int, int]) -> None:
    """Three of the agency's four are in service in this month still, one of them is an active sponsor."""
    asn, sponsors = before[0] + 3, before[1] + 1
    assert participation(page) == (asn, sponsors)
    tenths = (sponsors * 2_000 + asn) // (2 * asn)
    share = f"{tenths // 10},{tenths % 10}%"
    expect(page.locator("main tbody tr", has_text="Dinas Perikanan")).to_contain_text(share)
    steps.fits_a_phone(page)


def expect_own_agency_only(page: Page, going: str) -> None:
    """The officer of the fishery agency sees its sponsors and nobody else's, and changes nothing."""
    page.goto("/bapak-asuh/")
    expect(page.locator("main table tbody tr")).to_have_count(1)
    expect(page.locator("main table tbody tr")).to_contain_text("Dinas Perikanan")
    page.goto("/bapak-asuh/asn/")
    expect(page.locator("main")).to_contain_text(STAYS)
    expect(page.locator("main")).not_to_contain_text(ELSEWHERE)
    page.locator("main [name=search]").fill(ELSEWHERE)
    page.get_by_role("button", name="Cari").click()
    expect(page.locator("main")).to_contain_text("Tidak ditemukan")
    deduction_page(page, FISHERY, "2024-01")
    expect(page.locator("main tbody tr", has_text=STAYS)).to_contain_text("Rp16.800")
    expect(page.locator("main [name=agency] option", has_text="Perdagangan")).to_have_count(0)
    expect(page.get_by_role("button", name="Semua terpotong")).to_have_count(0)
    page.goto(going)
    expect(page.locator("h1")).to_contain_text(RETIRES)
    expect(page.get_by_role("button", name="Lepas mulai bulan ini")).to_have_count(0)
    expect(page.get_by_role("button", name="Terima kesanggupan")).to_have_count(0)


def expect_no_names(page: Page, programme: str, plan: str, names: list[str]) -> None:
    """The leader sees what was decided and what it costs, and nobody's name."""
    for address in (programme, plan, "/perlindungan/tagihan/?month=2024-01"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text(re.compile(r"Rp50\.400|Rp604\.800"))
        for name in (*names, RETIRES, STAYS, TAKES_OVER):
            expect(page.locator("main")).not_to_contain_text(name)
    answer = page.goto("/bapak-asuh/asn/")
    assert answer is not None
    assert answer.status == 403
