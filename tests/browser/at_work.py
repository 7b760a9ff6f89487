"""What browser tests share: the site's address, who logs in, and what axe-core finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from salawaku.demo.colleagues import DOMAIN, PASSWORD

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"


@dataclass(frozen=True)
class Site:
    """The address of the running site."""

    url: str


def log_in(page: Page, person: str) -> None:
    """Log in through the form, as people do."""
    page.goto("/akun/login/")
    page.locator("input[name=login]").fill(f"{person}@{DOMAIN}")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/akun/login" not in url)


def serious_faults(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page."""
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run({runOnly: tags})", tags)
    return [
        f"{page.url}: {fault['id']} {node['target']} {node['html'][:120]}"
        for fault in result["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
