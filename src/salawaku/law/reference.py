"""The reference page of the parameters, written from the files themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from salawaku.law.basis import cited, plain
from salawaku.law.reading import read_register, sources, units
from salawaku.law.register import Parameter, Register, Text, Value

HEAD = """# Legal parameters

This page is written from the files in `src/salawaku/law/data` by `salawaku law reference`; a test compares them.
How sure a value is: `regulation_text` read in the regulation itself, `secondary` read where it is quoted,
`decree` of an installation, `choice` of this project where the law is silent, `mixed` and `memory` not found in
writing. What is mixed, from memory or contested waits for a lawyer: [{waiting} of {all}](#to-confirm) do.
"""


def reference_page() -> str:
    """The page as Markdown."""
    law = read_register()
    return "\n".join([*_head(law), *_parameters(law), *_to_confirm(law), *_sources()]) + "\n"


def to_confirm(law: Register) -> list[Parameter]:
    """The parameters that a lawyer should look at, by id."""
    return sorted((one for one in law.values() if one.to_confirm), key=lambda one: one.id)


def in_order(law: Register) -> list[Parameter]:
    """All parameters by subject and id."""
    return sorted(law.values(), key=lambda one: one.id)


def _head(law: Register) -> Iterator[str]:
    yield HEAD.format(waiting=len(to_confirm(law)), all=len(law))


def _parameters(law: Register) -> Iterator[str]:
    for subject, parameters in groupby(in_order(law), key=lambda one: one.subject):
        yield f"## {subject}\n"
        for parameter in parameters:
            yield from _parameter(parameter)


def _parameter(parameter: Parameter) -> Iterator[str]:
    yield f"### `{parameter.id}`\n"
    yield f"{_both(parameter.description)} Unit: {units()[parameter.unit].en}.\n"
    yield from (f"{_both(text)}\n" for text in (parameter.formula, parameter.note) if text)
    yield "| from | to | value | stands in | how sure | checked |\n|---|---|---|---|---|---|"
    yield from (_row(value) for value in parameter.values)
    yield ""
    yield from (f"{gap.begin} to {gap.end} is not known: {_both(gap.why)}\n" for gap in parameter.gaps)
    notes = dict.fromkeys(text for value in parameter.values for text in (value.note, value.contested) if text)
    yield from (f"- {_both(text)}" for text in notes)
    if notes:
        yield ""


def _row(value: Value) -> str:
    case = f"{value.case}: " if value.case else ""
    where = [cited(value)] if value.article else []
    told = [
        str(value.begin or "–"), str(value.end or "–"), f"{case}{plain(value.value)}",
        "; ".join([*where, *value.sources]) or "–",
        f"{value.confidence.value}{', contested' if value.contested else ''}", str(value.checked),
    ]  # fmt: skip
    return "| " + " | ".join(" ".join(text.replace("|", "/").split()) for text in told) + " |"


def _both(text: Text) -> str:
    return f"{_sentence(text.en)} *{_sentence(text.id)}*"


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}."


def _to_confirm(law: Register) -> Iterator[str]:
    yield "## To confirm\n"
    yield from (f"- `{one.id}`: {one.description.en}" for one in to_confirm(law))
    yield ""


def _sources() -> Iterator[str]:
    yield "## Sources\n"
    for key, source in sorted(sources().items()):
        title = source["title"]
        yield f"- **{key}** " + (f"[{title}]({source['url']})" if source["url"] else f"{title} (no public address)")
