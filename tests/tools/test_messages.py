"""Every text that people read has an Indonesian that fits."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from salawaku.tools import messages


def test_nothing_is_left_untranslated() -> None:
    assert list(messages.problems()) == []


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small app with one template and one module."""
    folder = tmp_path / "shop"
    (folder / "templates").mkdir(parents=True)
    (folder / "apps.py").write_text('from x import gettext as _\nprint(_("%(count)s rows"))\n')
    (folder / "templates" / "page.html").write_text(
        '{% translate "Hello" %}\n   it\'s {"\n {% blocktranslate %}Dear {{ name }}{% endblocktranslate %}'
    )
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    return folder


def test_texts_are_found_in_code_and_templates(app: Path) -> None:
    assert {message.id for message in messages.texts_of(app) if message.id} == {
        "%(count)s rows",
        "Hello",
        "Dear %(name)s",
    }


def test_extract_keeps_what_was_translated_and_drops_what_is_gone(app: Path) -> None:
    messages.main(["extract"])
    path = messages.po_path(app)
    path.write_text(path.read_text().replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "Halo"'))
    (app / "apps.py").write_text("")
    messages.main(["extract"])
    kept = messages.read(app)
    assert kept.get("Hello").string == "Halo"
    assert kept.get("%(count)s rows") is None


def test_extract_twice_writes_the_same_file(app: Path) -> None:
    messages.main(["extract"])
    once = messages.po_path(app).read_bytes()
    messages.main(["extract"])
    assert messages.po_path(app).read_bytes() == once


def test_extract_of_one_app_leaves_the_others(app: Path) -> None:
    messages.main(["extract", "other"])
    assert not messages.po_path(app).exists()


def test_check_names_what_is_missing_and_what_does_not_fit(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages.main(["extract"])
    path = messages.po_path(app)
    path.write_text(
        path.read_text().replace('msgid "%(count)s rows"\nmsgstr ""', 'msgid "%(count)s rows"\nmsgstr "baris"')
    )
    assert messages.main(["check"]) == 1
    said = capsys.readouterr().err
    assert "shop: no Indonesian for 'Hello'" in said
    assert "shop: placeholders differ in '%(count)s rows'" in said


def test_an_unsure_translation_is_a_fault() -> None:
    catalog = Catalog(locale="id")
    message = catalog.add("Yes", "Ya", flags=["fuzzy"])
    assert list(messages._faults(message, message)) == ["unsure Indonesian for 'Yes'"]


def test_compile_writes_what_the_site_reads(app: Path) -> None:
    messages.main(["extract"])
    assert messages.main(["compile"]) == 0
    assert messages.po_path(app).with_suffix(".mo").exists()


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["translate"]) == 2
    assert "extract" in capsys.readouterr().err


def test_a_text_has_one_indonesian_in_all_rooms() -> None:
    """Django looks a text up in the first room that knows it, so a second wording would never be seen."""
    wordings: dict[tuple[str | None, str], set[str]] = {}
    for path in sorted(messages.PACKAGE.glob("*/locale/id/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    wordings.setdefault((message.context, str(message.id)), set()).add(str(message.string))
    assert [key for key, words in wordings.items() if len(words) > 1] == []
