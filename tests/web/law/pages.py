"""Asking the public pages of the law as a browser does, and reading what they say."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

from django.test import Client

CONTRIBUTION, BENEFIT, REGISTER = "/kalkulator/iuran/", "/kalkulator/santunan/", "/hukum/"
BPU = {"segment": "BPU", "programs": ["JKK", "JKM"], "income": "1.000.000"}


def words(page: str) -> str:
    """What stands between the tags, with single spaces."""
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    return re.sub(r" ([.,;:])", r"\1", text)


def heading(page: str) -> str:
    """The first line of a page."""
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found, "the page has no heading"
    return words(found[1])


def ask(path: str, *, browser: Client | None = None, language: str = "id", **query: object) -> str:
    """The page as it comes, which must be an ordinary answer."""
    browser = browser or Client()
    browser.cookies["django_language"] = language
    answer = browser.get(f"{path}?{urlencode(query, doseq=True)}" if query else path)
    assert answer.status_code == 200
    return answer.text


def contribution(*, browser: Client | None = None, language: str = "id", **query: object) -> str:
    """The page of a contribution; a non-wage worker with JKK and JKM unless the question says otherwise."""
    return ask(CONTRIBUTION, browser=browser, language=language, **{**BPU, **query})


def benefit(*, browser: Client | None = None, language: str = "id", **query: object) -> str:
    """The page of a benefit; a death not because of work unless the question says otherwise."""
    return ask(BENEFIT, browser=browser, language=language, **{"what": "death", **query})


def error_of(page: str, field: str) -> str:
    """What stands beside a field that is wrong."""
    found = re.search(rf'<ul class="errorlist"[^>]*id="id_{field}_error"[^>]*>(.*?)</ul>', page, re.DOTALL)
    return words(found[1]) if found else ""
