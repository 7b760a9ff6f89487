"""The calculators and the register in a real browser: for anybody, on a phone, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.at_work import serious_faults
from tests.browser.keyboard import press, reach, write
from tests.browser.test_pages import FIRST_PAGE_BYTES, LATER_PAGE_BYTES

pytestmark = pytest.mark.browser

CHILDREN = "level_1=TK_SD&age_1=4&level_2=TK_SD&age_2=3"
RESULTS = {
    "contribution": "/kalkulator/iuran/?segment=BPU&programs=JKK&programs=JKM&month=2026-02"
    "&payer=foster&sector=transport",
    "wage earner": "/kalkulator/iuran/?segment=PU&programs=JKK&programs=JKM&programs=JHT&programs=JP&programs=JKP"
    "&month=2025-03&income=10000000&risk_group=medium&sector=labour_intensive&months=12&workers=40",
    "project": "/kalkulator/iuran/?segment=JAKON&programs=JKK&programs=JKM&month=2026-02&contract_value=2000000000",
    "death": "/kalkulator/santunan/?what=death&date=2026-02-15",
    "short membership": "/kalkulator/santunan/?what=death&months_of_membership=2&months_contributed=2",
    "two children": f"/kalkulator/santunan/?what=death&months_contributed=36&{CHILDREN}",
    "death at work": f"/kalkulator/santunan/?what=death_at_work&income=3000000&{CHILDREN}",
    "hearing": "/kalkulator/santunan/?what=partial_anatomical&impairment=hearing_one_ear&temporary_months=14",
    "everything": f"/kalkulator/santunan/?what=total_disability&income=3000000&{CHILDREN}&temporary_months=14"
    "&transport_land=6000000&transport_sea=1&transport_air=1&medical=3000000&home_care=1&rehabilitation_glasses=1"
    "&rehabilitation_hearing_aid=1&rehabilitation_dentures=1&rehabilitation_prosthesis=1&balances_jht=1",
}  # fmt: skip
PAGES = {
    "landing": "/kalkulator/",
    "empty contribution": "/kalkulator/iuran/",
    "empty benefit": "/kalkulator/santunan/",
    "wrong": "/kalkulator/santunan/?what=partial_functional&income=abc&age_1=3",
    "register": "/hukum/",
    "filtered": "/hukum/?only=memory&q=upah",
    "nothing found": "/hukum/?q=gajah",
    "bands": "/hukum/bpu.income_bands/",
    "impairments": "/hukum/jkk.impairment_table/",
    "history": "/hukum/pu.jp.wage_ceiling/",
}
EVERY = {**PAGES, **RESULTS}


@pytest.mark.parametrize("name", list(EVERY))
def test_no_page_has_a_serious_fault(visit: Callable[..., Page], name: str) -> None:
    page = visit(None)
    answer = page.goto(EVERY[name])
    assert answer is not None
    assert answer.status == 200
    assert serious_faults(page) == []


@pytest.mark.parametrize("scheme", ["dark"])
@pytest.mark.parametrize("name", ["two children", "wrong", "bands", "register"])
def test_none_in_the_dark_either(visit: Callable[..., Page], name: str, scheme: str) -> None:
    page = visit(None)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(EVERY[name])
    assert serious_faults(page) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_is_wider_than_a_phone(visit: Callable[..., Page], language: str) -> None:
    page = visit(None, width=360, language=language)
    wide = {}
    for name, path in EVERY.items():
        page.goto(path)
        for more in page.locator("main details").all():
            more.evaluate("details => { details.open = true }")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[name] = width
    assert wide == {}


def test_the_first_page_is_light_and_later_ones_lighter(visit: Callable[..., Page]) -> None:
    page = visit(None)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    received: list[int] = []
    wire.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    page.goto("/hukum/", wait_until="networkidle")
    assert 0 < sum(received) < FIRST_PAGE_BYTES
    for name, path in EVERY.items():
        received.clear()
        page.goto(path, wait_until="networkidle")
        assert 0 < sum(received) < LATER_PAGE_BYTES, name


def test_rina_comes_from_the_log_in_to_an_amount_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit(None)
    page.goto("/akun/login/")
    press(page, page.get_by_role("link", name="Kalkulator"))
    page.wait_for_url("**/kalkulator/")
    press(page, page.get_by_role("link", name="Hitung santunan"))
    page.wait_for_url("**/kalkulator/santunan/")
    write(page, page.locator("main [name=months_contributed]"), "36")
    level = page.locator("main [name=level_1]")
    reach(page, level)
    page.keyboard.press("ArrowDown")
    expect(level).to_have_value("TK_SD")
    write(page, page.locator("main [name=age_1]"), "4")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Ahli waris menerima Rp129.000.000")
    press(page, page.locator("main summary", has_text="Ubah isian"))
    expect(page.locator("main [name=age_1]")).to_have_value("4")
    press(page, page.locator("main .law-why a").first)
    page.wait_for_url("**/hukum/*/")


def test_it_works_without_scripts(visit: Callable[..., Page]) -> None:
    page = visit(None)
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/kalkulator/iuran/")
    page.get_by_role("button", name="Hitung iuran").click()
    expect(page.locator("h1")).to_contain_text("Rp16.800")
    expect(page.get_by_role("button", name="Cetak")).to_have_count(0)
    page.goto("/kalkulator/iuran/?segment=BPU&programs=JKK&month=2026-02&income=x")
    expect(page.locator(".errorlist")).to_contain_text("Tulislah bilangan bulat")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", list(RESULTS))
def test_a_result_prints_on_one_page(visit: Callable[..., Page], name: str, language: str) -> None:
    page = visit(None, language=language)
    page.goto(RESULTS[name])
    expect(page.locator(".law-answer")).to_be_visible()
    assert pages_of(page) == 1
    page.emulate_media(media="print")
    expect(page.locator(".law-asked p")).to_be_visible()
    for hidden in (".head", ".foot", ".law-form", ".law-asked button"):
        expect(page.locator(hidden)).to_be_hidden()


def test_the_pages_of_a_print_can_be_counted(visit: Callable[..., Page]) -> None:
    page = visit(None)
    page.goto("/hukum/")
    assert pages_of(page) > 1


def pages_of(page: Page) -> int:
    """How many sheets of A4 the page prints on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))
