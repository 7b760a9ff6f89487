"""`salawaku law`: the engine on the command line; needs neither Django nor a database."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from salawaku import home

MOST_DIGITS = 40
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
        told = json.dumps(answers, ensure_ascii=False, default=str)
        print(told.encode("utf-8", "backslashreplace").decode())  # half a surrogate pair stays an escape
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
        found = json.loads(text, parse_float=_exact, parse_constant=_no_number)
    except (OSError, ValueError, RecursionError) as fault:
        print(f"{file} cannot be read as JSON: {fault}", file=sys.stderr)
        raise typer.Exit(2) from None
    if not isinstance(found, list):
        print(f"{file} must hold a list of cases", file=sys.stderr)
        raise typer.Exit(2)
    return found


def _exact(text: str) -> Decimal | str:
    """A number with a point, exactly; one of a size that nothing has stays a text, which no field takes."""
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    return number if abs(number.adjusted()) < MOST_DIGITS and len(text) < MOST_DIGITS else text


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")


def _tell(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        said = answer["error"]["message"] if "error" in answer else answer["explanation"]["id"]
        print(f"{answer['id']}: {said}")
