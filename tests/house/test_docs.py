"""The documents against the software: what exists is written down, what is written down exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from babel.messages.pofile import read_po

from salawaku.accounts.permissions import PERMISSIONS
from salawaku.accounts.roles import ROLES
from salawaku.cli import app
from salawaku.intake.engine.codes import WORDINGS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
SETTING = re.compile(r"\bSALAWAKU_[A-Z_]+\b")
BOLD = re.compile(r"\*\*([^*]+)\*\*", re.DOTALL)
# Bold in the guides means "this stands on the page", but for a few words that are stressed, and the labels of
# the log-in form, whose texts come with allauth.
STRESSED = {
    "panduan": {"judul kolom", "NIK harus 16 angka utuh.", "Teks", "Di halaman:", "Di Excel:", "asli"}
    | {"Email", "Sandi", "Lupa kata sandi Anda?", "ID", "EN"},
    "guide": {"column headings", "A NIK has 16 digits.", "Text", "On the page:", "In Excel:", "original", "EN"},
}
COLUMNS = {"ALASAN"}


def commands(command: Any, path: str = "salawaku") -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name, one in below.items():
        yield from commands(one, f"{path} {name}")


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.fixture(scope="module")
def sections() -> dict[str, str]:
    """The text about each command by its words without arguments."""
    parts = re.split(r"^### `([a-z -]+)(?: [A-Z.]+)?`$", (REFERENCE / "commands.md").read_text(), flags=re.MULTILINE)
    return {name: text.split("\n## ")[0] for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_every_command_has_its_section_and_no_other_has(sections):
    assert len(COMMANDS) > 10
    assert set(sections) == set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_is_explained(sections, path):
    options = {name for one in COMMANDS[path].params for name in one.opts if name.startswith("--")}
    options -= {"--help", "--install-completion", "--show-completion"}
    told = set(re.findall(r"`(--[a-z-]+)`", sections[path]))
    assert told == options


def test_every_setting_is_explained():
    sources = [*ROOT.glob("src/**/*.py"), *ROOT.glob("scripts/*.py")]
    read = {name for path in sources for name in SETTING.findall(path.read_text())}
    told = set(re.findall(r"^\| `(SALAWAKU_[A-Z_]+)`", (REFERENCE / "settings.md").read_text(), flags=re.MULTILINE))
    assert "SALAWAKU_HOME" in read
    assert told == read


def test_every_outcome_code_is_explained_in_the_words_of_the_software():
    text = (REFERENCE / "codes.md").read_text()
    codes = {re.sub(r"^(file\.unreadable)\..*", r"\1", code) for code in WORDINGS}
    assert [code for code in codes if f"`{code}`" not in text] == []
    missing = [
        code
        for code, words in WORDINGS.items()
        if f"- Indonesia: {words.id}\n" not in text or f"- English: {words.en}\n" not in text
    ]
    assert missing == []


def refusal_codes() -> set[str]:
    """The first argument of every `Refusal(…)`, and of `fail(…)` on the command line."""
    found = set()
    for path in ROOT.glob("src/salawaku/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Refusal", "fail"}:
                match node.args:
                    case [ast.Constant(str(code)), *_]:
                        found.add(code)
    return found


def test_every_refusal_is_explained_once():
    told = Counter(
        code
        for first in re.findall(r"^\| (`[^|]+) \|", (REFERENCE / "refusals.md").read_text(), flags=re.MULTILINE)
        for code in re.findall(r"`([a-z_]+\.[a-z_]+)`", first)
    )
    codes = refusal_codes()
    assert len(codes) > 200
    assert set(told) == codes
    assert [code for code, times in told.items() if times > 1] == []


def test_every_role_and_permission_is_explained():
    text = (REFERENCE / "roles.md").read_text()
    assert [code for code in PERMISSIONS if f"\n| `{code}` |" not in text] == []
    wrong = [
        role.code
        for role in ROLES
        if f"\n| `{role.code}` | {role.name_id} | {role.name_en} | {role.description_en} |"
        f" {' '.join(f'`{code}`' for code in role.permissions)} |\n" not in text
    ]
    assert wrong == []


def test_every_make_target_is_explained():
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    told = set(re.findall(r"^\| `make ([a-z]+)`", (ROOT / "README.md").read_text(), flags=re.MULTILINE))
    assert "run" in targets
    assert told == targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    gone = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert gone == []


def test_every_document_is_in_the_index():
    index = (DOCS / "README.md").read_text()
    linked = {(DOCS / link).resolve() for link in LINK.findall(index)}
    own = {page for page in DOCS.rglob("*.md") if page.parent.name != "decisions"} - {DOCS / "README.md"}
    assert own <= linked


@pytest.fixture(scope="module")
def texts() -> dict[str, set[str]]:
    """Every text of the pages, as the Indonesian and as the English guide would quote it."""
    found: dict[str, set[str]] = {"panduan": set(), "guide": set()}
    for path in ROOT.glob("src/salawaku/*/locale/id/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                for side, text in (("guide", message.id), ("panduan", message.string)):
                    found[side] |= {text} if isinstance(text, str) else set(text)
    return found


@pytest.mark.parametrize("side", ["panduan", "guide"])
def test_guides_quote_words_that_stand_on_the_pages(texts, side):
    known = texts[side] | STRESSED[side] | COLUMNS
    quoted = {
        " ".join(words.split())
        for page in (DOCS / side).glob("*.md")
        for bold in BOLD.findall(page.read_text())
        for words in bold.split("→")
    }
    assert len(quoted) > 40
    assert sorted(quoted - known) == []


def test_each_guide_has_its_twin():
    assert len(list((DOCS / "panduan").glob("*.md"))) == len(list((DOCS / "guide").glob("*.md")))
