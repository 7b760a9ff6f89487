"""The whole way in a real browser, by keyboard alone: from a list with faults to somebody who is covered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import press, write, write_month
from tests.browser.lists import GOOD_NIK, confirm, mend, send, write_list

pytestmark = pytest.mark.browser
TODAY = datetime.now(tz=ZoneInfo("Asia/Jayapura")).date()
THIS_MONTH = f"{TODAY:%Y-%m}"


def test_a_list_becomes_a_covered_worker(visit: Callable[..., Page], tmp_path: Path) -> None:
    operator = visit("operator.passo")
    first = send(operator, write_list(tmp_path / "passo-uji.xlsx"))
    expect(first.get_by_text("Yohana Rosalina Matakena")).to_be_visible()
    marked = download(first, "Excel bertanda", tmp_path / "bertanda.xlsx")

    sari = visit("sari")
    decide_with_the_keyboard(sari, first.url)
    confirm(sari, first.url)

    second = send(operator, mend(marked, tmp_path / "passo-diperbaiki.xlsx"))
    confirm(sari, second.url)
    expect(sari.locator("main")).to_contain_text("1")

    programme = open_programme(sari)
    plan = propose(sari, programme)
    expect(sari.get_by_role("button", name="Setujui")).to_have_count(0)

    budi = visit("budi")
    budi.goto(plan)
    press(budi, budi.get_by_role("button", name="Setujui"))
    expect(budi.locator("main")).to_contain_text("Disetujui")

    code, amount = bill(sari)
    pay(visit("keuangan"), code, amount, tmp_path)
    find(sari, GOOD_NIK)
    expect(sari.locator("main")).to_contain_text("Terlindungi sampai")


def download(page: Page, name: str, target: Path) -> Path:
    """Take a file that the page offers."""
    with page.expect_download() as offered:
        press(page, page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)))
    offered.value.save_as(target)
    return target


def decide_with_the_keyboard(page: Page, list_url: str) -> None:
    """Answer the list's one pair with the key 1: the same person."""
    page.goto(list_url)
    press(page, page.get_by_role("link", name=re.compile("Putuskan")))
    expect(page.get_by_role("heading", name="Apakah ini orang yang sama?")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("heading", name="Apakah ini orang yang sama?")).to_have_count(0)


def open_programme(page: Page) -> str:
    """A programme for this month with a seat for everybody in Passo and one purse."""
    page.goto("/program/baru/")
    write(page, page.locator("main [name=name]"), "Program uji peramban")
    write(page, page.locator("main [name=code]"), "uji-peramban")
    write_month(page, page.locator("main [name=first_month]"), THIS_MONTH)
    write_month(page, page.locator("main [name=last_month]"), THIS_MONTH)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/program/[0-9a-f-]{36}/"))
    programme = page.url
    purse = page.locator("form[action$='/dana/']")
    write(page, purse.locator("[name=name]"), "Dana uji")
    write(page, purse.locator("[name=ceiling]"), "50000000")
    write(page, purse.locator("[name=minimum_months]"), "1")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Rp50.000.000")
    write(page, page.locator("form[action$='/kuota/'] [name=seats]"), "100")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("5.000 kuota")
    return programme


def propose(page: Page, programme: str) -> str:
    """Make a plan; answers its address."""
    page.goto(programme)
    press(page, page.locator("form[action$='/usulkan/'] button"))
    page.wait_for_url(re.compile(r"/usulan/"))
    return page.url


def bill(page: Page) -> tuple[str, str]:
    """Make this month's bills; answers the code and amount of the new purse's."""
    page.goto("/perlindungan/tagihan/")
    write_month(page, page.locator("main form[method=post] [name=month]"), THIS_MONTH)
    page.keyboard.press("Enter")
    line = page.locator("main tbody tr", has_text="Dana uji")
    expect(line).to_have_count(1)
    code = line.locator("th").inner_text().strip()
    amount = line.locator("td.num").last.inner_text()
    return code, re.sub(r"\D", "", amount)


def pay(page: Page, code: str, amount: str, folder: Path) -> None:
    """Import the bank's file; the receipt number keeps its leading zeros."""
    file = folder / "bank.csv"
    file.write_text(f"Nomor resi;Kode iuran;Nominal;Tanggal bayar\n00900001;{code};{amount};{TODAY:%d-%m-%Y}\n")
    page.goto("/perlindungan/pembayaran/")
    page.locator("input[type=file]").set_input_files(file)
    press(page, page.get_by_role("button", name="Impor"))
    expect(page.get_by_role("status").first).to_contain_text("1 tagihan")


def find(page: Page, nik: str) -> None:
    """Search a worker by NIK and open the page; the number never stands in the address."""
    page.goto("/pekerja/")
    write(page, page.locator("main form[action$='/cari/'] [name=text]"), nik)
    page.keyboard.press("Enter")
    expect(page.locator("main tbody tr")).to_have_count(1)
    press(page, page.locator("main tbody tr a").first)
    page.wait_for_url(re.compile(r"/pekerja/[0-9a-f-]{36}/"))
    assert nik not in page.url
