"""A budget that comes late: the cover of some ends, the next money is not there, a company bridges the months.

The guard looks at today, so the months lie around today: the last paid one two months ago, the bridge from the month
after it, within one year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.lists import confirm, send, write_list

pytestmark = pytest.mark.browser
TODAY = datetime.now(tz=ZoneInfo("Asia/Jayapura")).date()
NOW = TODAY.year * 12 + TODAY.month - 1
BEGINS = NOW if TODAY.month == 1 else NOW - 1  # the first month of the bridge
YEAR_ENDS = BEGINS // 12 * 12 + 11
THROUGH = min(BEGINS + 2, YEAR_ENDS)
PASSO = "81.71.03.2001"
LAST_YEAR, THIS_YEAR = "Anggaran yang habis (uji)", "Anggaran yang terlambat (uji)"
SPENT, CSR, LATE = "APBD yang habis (uji)", "CSR jembatan (uji)", "APBD yang terlambat (uji)"
WORKERS = (
    ("8171032211790971", "Zadrak Uneputty Wattimury", "22-11-1979", "L", "nelayan"),
    ("8171036305810972", "Quirina Engelina Sapulette", "23-05-1981", "P", "penjual ikan"),
)
NAMES = [row[1] for row in WORKERS]


def test_a_late_budget_is_bridged(visit: Callable[..., Page], tmp_path: Path) -> None:
    sari, budi, finance = (visit(name) for name in ("sari", "budi", "keuangan"))
    take_in(visit("operator.passo"), sari, tmp_path / "passo-jembatan.xlsx")
    covered_until_the_money_ended(sari, budi, finance, tmp_path)
    next_budget(sari)

    assert set(NAMES) <= set(lapsing(sari))
    hole = gaps(sari)
    plan, carried, cost = bridge(sari)
    assert carried >= len(WORKERS)
    steps.approve(budi, plan)
    steps.decree(sari, plan, number=f"9/SK/{THIS_YEAR}", day=f"{TODAY:%Y-%m-%d}")
    ahead = range(NOW + 1, NOW + 4)
    assert gaps(sari)[:3] == [hole[i] - carried * (month <= THROUGH) for i, month in enumerate(ahead)]

    billed = steps.bills(sari, first=told(BEGINS), last=told(THROUGH), purse=CSR, programme=THIS_YEAR)
    assert sum(amount for _code, amount in billed) == cost
    steps.pay(finance, billed, tmp_path / "jembatan.csv", day=f"{TODAY:%d-%m-%Y}")

    assert not set(NAMES) & set(lapsing(sari))
    for name in NAMES:
        expect_no_hole(sari, name)


def told(month: int) -> str:
    """A month as forms and addresses write it."""
    return f"{month // 12}-{month % 12 + 1:02d}"


def take_in(operator: Page, sari: Page, path: Path) -> None:
    """Two workers of Passo whom nobody has covered yet."""
    sent = send(operator, write_list(path, WORKERS))
    confirm(sari, sent.url)


def covered_until_the_money_ended(sari: Page, budi: Page, finance: Page, folder: Path) -> None:
    """The purse that pays the month before the bridge, and nothing after it."""
    month = told(BEGINS - 1)
    programme = steps.open_programme(sari, name=LAST_YEAR, code="uji-habis", first=month, last=month)
    steps.open_purse(sari, programme, name=SPENT, kind="apbd_city", ceiling=1_000_000, regions=PASSO)
    steps.approve(budi, steps.propose(sari, programme))
    billed = steps.bills(sari, first=month, last=month, purse=SPENT, programme=LAST_YEAR)
    steps.pay(finance, billed, folder / "habis.csv", day=f"{TODAY:%d-%m-%Y}")


def next_budget(page: Page) -> None:
    """The next programme: its budget asks for half a year, too long for a bridge; a company has money."""
    programme = steps.open_programme(
        page, name=THIS_YEAR, code="uji-terlambat", first=told(BEGINS), last=told(YEAR_ENDS)
    )
    steps.open_purse(
        page, programme, name=LATE, kind="apbd_city", ceiling=90_000_000, minimum_months="6", regions=PASSO
    )
    steps.open_purse(page, programme, name=CSR, kind="csr", ceiling=2_000_000, priority="2", regions=PASSO)


def lapsing(page: Page) -> list[str]:
    """The names on the guard's list of Passo, ninety days ahead."""
    page.goto("/perlindungan/gugur/")
    page.get_by_role("link", name="dalam 90 hari").click()
    page.get_by_text("Per desa", exact=True).first.click()
    link = page.get_by_role("link", name="Passo", exact=True)
    if link.count():
        link.click()
        expect(page.locator("a.chip", has_text="Passo")).to_be_visible()
        expect(page.get_by_role("link", name="Berikutnya")).to_have_count(0)
    return page.locator("main table:not(.table-tight) tbody tr th").all_inner_texts()


def gaps(page: Page) -> list[int]:
    """Members of Passo without a payer in each of the twelve months ahead."""
    page.goto("/perlindungan/celah/")
    row = page.locator("main tbody tr", has_text="Negeri Passo")
    expect(row).to_have_count(1)
    steps.fits_a_phone(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return [steps.number(cell) for cell in row.locator("td.num").all()[1:]]


def bridge(page: Page) -> tuple[str, int, int]:
    """From the January plan to the bridge, proposed: its address, how many it carries, what it costs."""
    page.goto("/perlindungan/januari/")
    page.locator("main, header").get_by_role("link", name="Jembatani celah").first.click()
    form = page.locator("main form[method=get]")
    form.locator("[name=programme]").select_option("uji-terlambat")
    form.locator("[name=within]").select_option("90")
    form.locator("[name=first_month]").fill(told(BEGINS))
    form.locator("[name=months]").fill(str(THROUGH - BEGINS + 1))
    form.get_by_role("button", name="Hitung").click()
    expect(page.locator("main")).to_contain_text("meminta lebih banyak bulan: " + LATE)
    rows = [row.locator("td.num") for row in page.locator("main table tbody tr", has_text=CSR).all()]
    carried, cost = (sum(steps.number(row.nth(column)) for row in rows) for column in (1, 3))
    steps.fits_a_phone(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Usulkan jembatan ini").click()
    expect(page.get_by_role("status").first).to_contain_text("Jembatan sudah diusulkan")
    expect(page.get_by_role("button", name="Setujui")).to_have_count(0)
    return page.url, carried, cost


def expect_no_hole(page: Page, name: str) -> None:
    """The strip of the worker says how long the cover lasts, and of no month that nobody pays."""
    page.goto("/pekerja/")
    page.locator("main form[action$='/cari/'] input[name=text]").fill(name)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=name).click()
    strip = page.locator("main svg.strip[aria-label]").first
    ends = monthrange(THROUGH // 12, THROUGH % 12 + 1)[1]
    expect(strip).to_have_attribute("aria-label", re.compile(f"^terlindungi sampai {ends} .* {THROUGH // 12};"))
    expect(strip).to_contain_text("dibayar")
    expect(strip).not_to_contain_text("tidak ada yang membayar")
    expect(page.locator("main")).to_contain_text("Terlindungi sampai")
