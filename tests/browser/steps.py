"""Steps that several stories share: a programme with a purse, plan, approval, decree, bills, payment."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PHONE = 390


def open_programme(page: Page, *, name: str, code: str, first: str, last: str) -> str:
    """Open a programme for the months from `first` to `last` ("2022-01"); answers its address."""
    page.goto("/program/baru/")
    page.locator("main [name=name]").fill(name)
    page.locator("main [name=code]").fill(code)
    page.locator("main [name=first_month]").fill(first)
    page.locator("main [name=last_month]").fill(last)
    page.locator("main form").last.get_by_role("button").last.click()
    page.wait_for_url(re.compile(r"/program/[0-9a-f-]{36}/"))
    return page.url


def open_purse(page: Page, programme: str, *, name: str, kind: str, ceiling: int, **more: str) -> None:
    """Open a purse; `more` are other fields of the form, such as minimum_months or regions."""
    page.goto(programme)
    form = page.locator("form[action$='/dana/']")
    if not form.is_visible():
        page.get_by_text("Buka sumber dana", exact=True).first.click()
    form.locator("[name=name]").fill(name)
    form.locator("[name=kind]").select_option(kind)
    form.locator("[name=ceiling]").fill(str(ceiling))
    for field, value in ({"minimum_months": "1"} | more).items():
        target = form.locator(f"[name={field}]")
        if target.evaluate("element => element.tagName") == "SELECT":
            target.select_option(value)
        else:
            target.fill(value)
    form.get_by_role("button").click()
    expect(page.get_by_role("status").first).to_contain_text("Sumber dana dibuka")


def propose(page: Page, programme: str) -> str:
    """Make a plan; answers its address. Who made it cannot approve it."""
    page.goto(programme)
    page.locator("form[action$='/usulkan/'] button").click()
    page.wait_for_url(re.compile(r"/usulan/"))
    expect(page.get_by_role("button", name="Setujui")).to_have_count(0)
    return page.url


def approve(page: Page, plan: str) -> None:
    """Another person approves."""
    page.goto(plan)
    page.get_by_role("button", name="Setujui").click()
    expect(page.locator("main")).to_contain_text("Disetujui")


def decree(page: Page, plan: str, *, number: str, day: str) -> None:
    """Freeze the decree and check that its annex is what was signed."""
    page.goto(plan)
    page.get_by_role("link", name="Bekukan keputusan").click()
    page.locator("[name=number]").fill(number)
    page.locator("[name=signed_on]").fill(day)
    page.locator("[name=signatory]").fill("Wali Kota (uji)")
    page.get_by_role("button", name="Bekukan").click()
    page.wait_for_url(re.compile(r"/keputusan/[0-9a-f-]{36}/"), timeout=60_000)
    page.get_by_role("button", name="Periksa lampiran").click()
    expect(page.get_by_role("status")).to_contain_text("persis")


def bills(page: Page, *, first: str, last: str, purse: str, programme: str) -> list[tuple[str, int]]:
    """Bill the months of one purse, each by itself as it comes up; answers code and amount of each."""
    page.goto("/perlindungan/tagihan/")
    form = page.locator("main form[method=post]")
    form.locator("[name=month]").fill(first)
    form.locator("[name=through]").fill(last)
    form.locator("[name=purse]").select_option(label=f"{purse} · {programme}")
    form.get_by_role("button").click()
    expect(page.get_by_role("status").first).to_contain_text("tagihan untuk")
    found = []
    for month in months(first, last):
        page.get_by_label("Tampilkan bulan").select_option(month)
        page.get_by_role("button", name="Tampilkan", exact=True).click()
        line = page.locator("main tbody tr", has_text=purse)
        expect(line).to_have_count(1)
        found.append((line.locator("th").inner_text().strip(), number(line.locator("td.num").last)))
    return found


def pay(page: Page, found: list[tuple[str, int]], file: Path, *, day: str) -> None:
    """The finance office takes the bank's file in; it pays every one of these bills."""
    lines = [f"{file.stem}-{place:04d};{code};{amount};{day}" for place, (code, amount) in enumerate(found)]
    file.write_text("\n".join(["Nomor resi;Kode iuran;Nominal;Tanggal bayar", *lines, ""]))
    page.goto("/perlindungan/pembayaran/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Impor").click()
    expect(page.get_by_role("status").first).to_contain_text(f"{len(found)} tagihan")


def months(first: str, last: str) -> list[str]:
    """The months from `first` to `last`, both with."""
    at, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{place // 12}-{place % 12 + 1:02d}" for place in range(at, end + 1)]


def number(cell: Locator) -> int:
    """A number or an amount as the page writes it: Rp1.234 is 1234."""
    return int(re.sub(r"\D", "", cell.inner_text()))


def fits_a_phone(page: Page) -> None:
    """Nothing on the page is wider than a phone."""
    page.set_viewport_size({"width": PHONE, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url
