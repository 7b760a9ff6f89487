"""A real site with a small city made through the pipeline, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
PASSWORD = "salawaku-demo"
PEOPLE = {
    "sari": "sari@demo.salawaku.test",
    "budi": "budi@demo.salawaku.test",
    "operator": "operator.passo@demo.salawaku.test",
    "finance": "keuangan@demo.salawaku.test",
    "admin": "admin@demo.salawaku.test",
}


@dataclass(frozen=True)
class Site:
    """The address of the running site and its home folder."""

    url: str
    home: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Set up, make a city of 300 workers, serve: with the commands a person would type."""
    home = tmp_path_factory.mktemp("home")
    for folder in (home, *home.parents[:3]):  # the embedded server runs as another user when we are root
        folder.chmod(0o755)
    environment = {**os.environ, "SALAWAKU_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    salawaku = [sys.executable, "-m", "salawaku"]
    subprocess.run([*salawaku, "setup"], env=environment, check=True)
    subprocess.run([*salawaku, "demo", "--workers", "300"], env=environment, check=True)
    port = _free_port()
    server = subprocess.Popen([*salawaku, "serve", "--port", str(port)], env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/healthz", server)
        yield Site(url, home)
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], seconds: int = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            assert server.poll() is None, "the site ended before it was ready"
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run: the one Debian ships, or the one named in CHROMIUM."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "browser tests need Chromium: apt-get install chromium, or name it in CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open the site as somebody: `visit("sari")` gives a logged-in page, `visit(None)` an anonymous one."""
    contexts = []

    def open_page(person: str | None, *, width: int = 1280, language: str = "id") -> Page:
        context = chromium.new_context(
            base_url=site.url, viewport={"width": width, "height": 900}, reduced_motion="reduce", bypass_csp=True
        )
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        if person:
            log_in(page, person)
        return page

    yield open_page
    for context in contexts:
        context.close()


def log_in(page: Page, person: str) -> None:
    """Log in through the form, as people do."""
    page.goto("/akun/login/")
    page.locator("input[name=login]").fill(PEOPLE[person])
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_url(lambda url: "/akun/login" not in url)


def serious_faults(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page."""
    page.evaluate(AXE.read_text())
    result = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{page.url}: {fault['id']} {node['target']} {node['html'][:120]}"
        for fault in result["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
