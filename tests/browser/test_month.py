"""A whole month by four people: proposed, approved, decreed, billed, paid, compared with BPJS, closed.

The month lies before everything else in the demonstration city, so that nothing else stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.keyboard import write_month

pytestmark = pytest.mark.browser
MONTH, TOLD = "2023-03", "Maret 2023"
WORKERS, PRICE = 20, 16_800
STRANGER = "8171080101900001"


def test_a_month_from_proposal_to_closed_reconciliation(visit: Callable[..., Page], tmp_path: Path) -> None:
    sari, budi, finance, branch = (visit(name) for name in ("sari", "budi", "keuangan", "bpjs"))
    plan = steps.propose(sari, open_programme(sari))
    steps.approve(budi, plan)

    covered = decree(sari, plan, tmp_path / "lampiran.xlsx")
    assert len(covered) == WORKERS
    code = bill(sari)
    pay(finance, code, tmp_path / "bank.csv")
    expect_paid(branch, code)

    compared = compare(finance, [*covered[1:], STRANGER], tmp_path / "aktif.csv")
    expect(finance.locator("main")).to_contain_text(f"Untuk {WORKERS - 1} dari {WORKERS} pekerja")
    sari.goto(compared)
    settle(sari, "Dibayar, tidak aktif", "Cabang mengaktifkan kembali")
    close(budi, compared, told="1 selisih masih terbuka")
    sign_off(sari, compared, "Aktif di BPJS, tidak ada", "Peserta mandiri di luar program")
    close(finance, compared, told="Rekan harus menutup")
    close(budi, compared, told="Bulan ini ditutup")
    expect(budi.get_by_role("button", name="Tutup bulan ini")).to_have_count(0)


def open_programme(page: Page) -> str:
    """A programme of one month whose purse pays for twenty workers."""
    page.goto("/program/baru/")
    page.locator("main [name=name]").fill("Program satu bulan")
    page.locator("main [name=code]").fill("satu-bulan")
    for field in ("first_month", "last_month"):
        write_month(page, page.locator(f"main [name={field}]"), MONTH)
    page.locator("main form").last.get_by_role("button").last.click()
    page.wait_for_url(re.compile(r"/program/[0-9a-f-]{36}/"))
    purse = page.locator("form[action$='/dana/']")
    purse.locator("[name=name]").fill("APBD satu bulan")
    purse.locator("[name=ceiling]").fill(str(WORKERS * PRICE))
    purse.locator("[name=minimum_months]").fill("1")
    purse.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("Rp336.000")
    return page.url


def decree(page: Page, plan: str, target: Path) -> list[str]:
    """Freeze the decree, check it, take its workbook; answers the NIKs of its annex."""
    page.goto(f"{plan.rstrip('/')}/keputusan/")
    page.locator("[name=number]").fill("12/SK/2023 (uji)")
    page.locator("[name=signed_on]").fill("2023-02-20")
    page.locator("[name=signatory]").fill("Wali Kota (uji)")
    page.get_by_role("button", name="Bekukan").click()
    page.wait_for_url(re.compile(r"/keputusan/[0-9a-f-]{36}/"), timeout=60_000)
    page.get_by_role("button", name="Periksa lampiran").click()
    expect(page.get_by_role("status")).to_contain_text("persis")
    with page.expect_download() as offered:
        page.locator("main tbody tr", has_text=".xlsx").get_by_role("button").click()
    offered.value.save_as(target)
    rows = openpyxl.load_workbook(target, read_only=True).worksheets[0].iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if re.fullmatch(r"[0-9]{16}", str(cell))]


def bill(page: Page) -> str:
    """Make the month's bill; answers its code."""
    page.goto("/perlindungan/tagihan/")
    write_month(page, page.locator("main form[method=post] [name=month]"), MONTH)
    page.keyboard.press("Enter")
    line = page.locator("main tbody tr", has_text="APBD satu bulan")
    expect(line).to_contain_text("336.000")
    return line.locator("th").inner_text().strip()


def pay(page: Page, code: str, file: Path) -> None:
    """The finance office takes the bank's file in."""
    file.write_text(f"Nomor resi;Kode iuran;Nominal;Tanggal bayar\n00230301;{code};336000;14-03-2023\n")
    page.goto("/perlindungan/pembayaran/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Impor").click()
    expect(page.get_by_role("status").first).to_contain_text("1 tagihan")


def expect_paid(page: Page, code: str) -> None:
    """The officer of the branch finds the bill among those of its month, paid, and has no button to make another."""
    page.goto("/perlindungan/tagihan/")
    page.get_by_label("Tampilkan bulan").select_option(MONTH)
    page.get_by_role("button", name="Tampilkan", exact=True).click()
    expect(page.locator("main tbody tr", has_text=code)).to_contain_text("Dibayar 14 Maret 2023")
    expect(page.locator("main form[method=post]")).to_have_count(0)


def compare(page: Page, niks: list[str], file: Path) -> str:
    """Upload the branch's list of active participants; answers the address of the comparison."""
    file.write_text("NIK;Status\n" + "".join(f"{nik};AKTIF\n" for nik in niks))
    page.goto("/perlindungan/rekonsiliasi/")
    write_month(page, page.locator("main [name=month]"), MONTH)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Bandingkan").click()
    page.wait_for_url(re.compile(r"/rekonsiliasi/[0-9a-f-]{36}/"))
    return page.url


def settle(page: Page, kind: str, reason: str) -> None:
    """Say what was done about one difference."""
    card = page.locator("section.card", has_text=kind)
    card.locator("summary").click()
    card.locator("[name=reason]").fill(reason)
    card.get_by_role("button", name="Selesaikan").click()
    expect(page.locator("section.card", has_text=reason)).to_contain_text("Selesai")


def sign_off(page: Page, month: str, kind: str, reason: str) -> None:
    """Sign off what stays as it is, all of one kind at once."""
    page.goto(month)
    page.locator("a.chip", has_text=kind).click()
    page.locator("details.panel summary").click()
    page.locator("details.panel [name=reason]").fill(reason)
    page.locator("details.panel button").click()
    expect(page.get_by_role("status").first).to_contain_text("1 selisih")


def close(page: Page, month: str, *, told: str) -> None:
    """Press the button that closes the month, and read the answer."""
    page.goto(month)
    page.get_by_role("button", name="Tutup bulan ini").click()
    expect(page.get_by_role("status").first).to_contain_text(told)
