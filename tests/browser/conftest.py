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

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.at_work import Site, log_in

CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Set up, make a city of 300 workers, serve: with the commands a person would type.

    SITE=http://127.0.0.1:8000 drives a demonstration that is running already, for writing tests.
    """
    if running := os.environ.get("SITE"):
        yield Site(running)
        return
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
        yield Site(url)
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


@pytest.fixture(scope="package")
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
