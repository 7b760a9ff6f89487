"""Working without a mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 250


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    expect(target).to_have_count(1)
    for _ in range(MOST_STEPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached by keyboard on {page.url}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach a link or a button and press it."""
    reach(page, target)
    page.keyboard.press(key)


def write(page: Page, target: Locator, text: str) -> None:
    """Reach a field and type over what it holds."""
    reach(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def write_month(page: Page, target: Locator, month: str) -> None:
    """Type YYYY-MM into a month field: its month, then its year."""
    reach(page, target)
    year, number = month.split("-")
    page.keyboard.type(number)
    page.keyboard.press("ArrowRight")
    page.keyboard.type(year)
    expect(target).to_have_value(month)
