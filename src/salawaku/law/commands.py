"""`salawaku law`: the engine on the command line; needs neither Django nor a database."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from salawaku import home

app = typer.Typer(
    help="The law: contributions and benefits by date, each rupiah with its source.", no_args_is_help=True
)


@app.command()
def evaluate(
    file: Annotated[str, typer.Argument(help="A JSON file with a list of cases, or - for standard input.")],
    json_: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Answer cases of contributions and benefits, in the same order. Ends with 1 when a case cannot be computed."""
    from salawaku import law

    law.enact(home.law_folder())
    answers = law.evaluate(_cases(file))
    if json_:
        print(json.dumps(answers, ensure_ascii=False))
    else:
        _tell(answers)
    if any("error" in answer for answer in answers):
        raise typer.Exit(1)


@app.command()
def reference() -> None:
    """Print the reference page of all parameters with their values and sources, as Markdown."""
    from salawaku.law.reference import reference_page

    print(reference_page(), end="")


def _cases(file: str) -> list[Any]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        found = json.loads(text, parse_float=Decimal)
    except (OSError, ValueError) as fault:
        print(f"{file} cannot be read as JSON: {fault}", file=sys.stderr)
        raise typer.Exit(2) from None
    if not isinstance(found, list):
        print(f"{file} must hold a list of cases", file=sys.stderr)
        raise typer.Exit(2)
    return found


def _tell(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        said = answer["error"]["message"] if "error" in answer else answer["explanation"]["id"]
        print(f"{answer['id']}: {said}")
