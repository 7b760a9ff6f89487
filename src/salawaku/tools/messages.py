"""Texts to translate: `python -m salawaku.tools.messages extract [APP…] | compile | check`.

Texts in code and templates are English; each app carries its Indonesian in locale/id/LC_MESSAGES/django.po. Babel
does what GNU gettext would do, which a bare machine does not have.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from babel.messages.catalog import Message

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGE = "id"
PLURALS = "nplurals=1; plural=0;"
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def apps() -> list[Path]:
    """The folders whose texts are translated: every Django app."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def po_path(app: Path) -> Path:
    """Where an app keeps its Indonesian."""
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def texts_of(app: Path) -> Catalog:
    """Every text of an app that people read, from its code and its templates."""
    catalog = Catalog()
    for path in sorted([*app.rglob("*.py"), *app.rglob("templates/**/*.*")]):
        source = path.read_text(encoding="utf-8")
        code = source if path.suffix == ".py" else _as_code(source)
        where = path.relative_to(PACKAGE.parent).as_posix()
        for _line, message, comments, context in extract(
            "python", BytesIO(code.encode()), KEYWORDS, ["Translators:"]
        ):
            catalog.add(message, None, [(where, 0)], auto_comments=comments, context=context)
    return catalog


def _as_code(template: str) -> str:
    """Django's own reading of a template as code; without indents, which Python's reader would stumble over."""
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(template).splitlines())


def read(app: Path) -> Catalog:
    """An app's translations; an empty catalogue when it has none yet."""
    path = po_path(app)
    if not path.exists():
        return Catalog(locale=LANGUAGE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def collect(names: list[str]) -> None:
    """Bring the .po of the named apps, or of all, up to date; texts that are gone are dropped, nothing is guessed."""
    for app in (app for app in apps() if not names or app.name in names):
        found, kept = texts_of(app), read(app)
        if not len(found):
            continue
        fresh = Catalog(locale=LANGUAGE, fuzzy=False)
        fresh.mime_headers = [("Plural-Forms", PLURALS)]
        for message in sorted(found, key=lambda one: (str(one.id), one.context or "")):
            if message.id:
                old = kept.get(message.id, message.context)
                string = old.string if old else None
                where = sorted(set(message.locations))
                fresh.add(message.id, string, where, message.flags, message.auto_comments, context=message.context)
        path = po_path(app)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_po_text(fresh))


def _po_text(catalog: Catalog) -> bytes:
    """The file without dates and tools in its head, which would change with every run."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, omit_header=True, include_lineno=False)
    head = (
        'msgid ""\nmsgstr ""\n"Language: id\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS}\\n"\n\n'
    )
    return head.encode() + buffer.getvalue().strip(b"\n") + b"\n"


def compile_all() -> None:
    """Write the .mo beside every .po."""
    for app in apps():
        if po_path(app).exists():
            with po_path(app).with_suffix(".mo").open("wb") as file:
                write_mo(file, read(app))


def problems() -> Iterator[str]:
    """What is missing or wrong, one line each."""
    for app in apps():
        kept = read(app)
        for message in texts_of(app):
            if message.id:
                yield from (
                    f"{app.name}: {fault}" for fault in _faults(message, kept.get(message.id, message.context))
                )


def _faults(message: Message, translated: Message | None) -> Iterator[str]:
    """What is wrong with one translation."""
    ids = _forms(message.id)
    strings = _forms(translated.string) if translated else [""]
    if not all(strings):
        yield f"no Indonesian for {ids[0]!r}"
    elif translated and translated.fuzzy:
        yield f"unsure Indonesian for {ids[0]!r}"
    elif any(_placeholders(string) != _placeholders(ids[-1]) for string in strings):
        yield f"placeholders differ in {ids[0]!r}"


def _forms(text: Any) -> list[str]:
    """A text has one form, or one for each number that the language tells apart."""
    return [str(form or "") for form in text] if isinstance(text, tuple | list) else [str(text or "")]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    if arguments[:1] == ["extract"]:
        collect(arguments[1:])
    elif arguments == ["compile"]:
        compile_all()
    elif arguments != ["check"]:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(problems()) if arguments != ["compile"] else []
    print("\n".join(found), file=sys.stderr) if found else None
    return 1 if found and arguments == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
