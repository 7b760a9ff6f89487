"""Every page that the navigation reaches: nothing serious for axe, nothing wider than a phone, light on the line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.at_work import serious_faults

pytestmark = pytest.mark.browser

WHO = {
    "sari": ("/", "/pekerja/", "/daftar/", "/program/", "/perlindungan/"),
    "admin": ("/", "/pengaturan/"),
    "pemeriksa": ("/", "/pengaturan/"),
    "operator.passo": ("/", "/daftar/", "/pekerja/"),
    "keuangan": ("/", "/perlindungan/"),
    "pimpinan": ("/", "/program/"),
}
FIRST_PAGE_BYTES = 150_000
LATER_PAGE_BYTES = 60_000


@pytest.mark.parametrize("person", list(WHO))
def test_no_page_within_two_clicks_has_a_serious_fault(visit: Callable[..., Page], person: str) -> None:
    page = visit(person)
    faults: list[str] = []
    for path in _reachable(page, WHO[person]):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        faults += serious_faults(page)
    assert faults == []


def _reachable(page: Page, starts: tuple[str, ...]) -> list[str]:
    """The starting pages and one page of every kind that they link to."""
    kinds: dict[str, str] = {}
    for start in starts:
        page.goto(start)
        for href in page.locator("main a[href^='/']").evaluate_all("links => links.map(a => a.getAttribute('href'))"):
            path = href.split("#")[0]
            kinds.setdefault(_kind(path), path)
    files = (".xlsx", ".pdf", "/unduh/", "/format", "/ekspor", "/templat")
    found = [path for path in kinds.values() if not any(part in path for part in files)]
    return list(dict.fromkeys([*starts, *found]))


def _kind(path: str) -> str:
    """A path with ids and numbers taken out."""
    parts = path.split("?", maxsplit=1)[0].split("/")
    return "/".join("*" if any(c.isdigit() for c in part) else part for part in parts)


def test_the_login_page_has_no_serious_fault(visit: Callable[..., Page]) -> None:
    page = visit(None)
    page.goto("/akun/login/")
    assert serious_faults(page) == []


@pytest.mark.parametrize("path", WHO["sari"])
def test_no_page_is_wider_than_a_phone(visit: Callable[..., Page], path: str) -> None:
    page = visit("sari", width=360)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_first_page_is_light_and_later_ones_lighter(visit: Callable[..., Page]) -> None:
    page = visit("sari")
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    received: list[int] = []
    wire.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto("/", wait_until="networkidle")
    assert 0 < sum(received) < FIRST_PAGE_BYTES
    wire.send("Network.setCacheDisabled", {"cacheDisabled": False})
    for path in WHO["sari"][1:]:
        received.clear()
        page.goto(path, wait_until="networkidle")
        assert 0 < sum(received) < LATER_PAGE_BYTES, path


def test_no_request_leaves_the_house(visit: Callable[..., Page]) -> None:
    page = visit("sari")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in WHO["sari"]:
        page.goto(path, wait_until="networkidle")
    house = page.evaluate("location.origin")
    assert asked
    assert [url for url in asked if not url.startswith((house, "data:"))] == []


def test_the_language_switch_shows_english(visit: Callable[..., Page]) -> None:
    page = visit("sari")
    page.goto("/")
    page.locator("button[name=language][value=en]").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Workers" in page.locator("nav").first.inner_text()
