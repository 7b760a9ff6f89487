"""`salawaku simulate`: scenarios on the command line; needs neither Django nor a database."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from salawaku import home
from salawaku.simulation import telling

if TYPE_CHECKING:
    from salawaku.simulation.scheme import Scenario

COLUMNS = (
    "month",
    "covered",
    "share",
    "cost",
    "joined",
    "listed",
    "lapsed",
    "dropped_out",
    "deaths",
    "deaths_uncovered",
    "accidents",
    "reduced_benefit_families",
    "waiting_again",
    "benefit_ratio",
)


class Ask(StrEnum):
    """The questions."""

    LEAST_MONEY = "least-money"
    MONTH = "month"
    DELAY = "delay"
    BEST_USE = "best-use"
    TORNADO = "tornado"


@dataclass(frozen=True)
class Wanted:
    """What is asked of a scenario beside its months."""

    asked: tuple[Ask, ...]
    share: str | None
    by: date | None
    mix: dict[str, str] | None
    amount: int | None


def add_to(app: typer.Typer) -> None:
    """Hang the command into the main one."""
    app.command()(simulate)


def simulate(
    scenario: Annotated[list[Path], typer.Argument(help="A scenario file (YAML); several are compared, up to six.")],
    out: Annotated[Path | None, typer.Option(help="A folder for the answer and a table of the months.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
    ask: Annotated[list[Ask] | None, typer.Option(help="A question; may be given several times.")] = None,
    share: Annotated[str | None, typer.Option(help="least-money: the share, such as 80%.")] = None,
    by: Annotated[str | None, typer.Option(help="least-money: in which month, YYYY-MM.")] = None,
    mix: Annotated[list[str] | None, typer.Option(help='least-money: "SOURCE=70%", several times.')] = None,
    amount: Annotated[int | None, typer.Option(help="best-use: rupiah; one billion unless said.")] = None,
) -> None:
    """Simulate a scheme of membership month by month: who is covered, what it costs, what families receive.

    Several scenarios are put side by side; a question is answered beside the months.
    """
    from salawaku import law

    asked = tuple(dict.fromkeys(ask or ()))
    if len(scenario) > 1 and asked:
        _end(2, "A question is asked of one scenario, not of several.")
    if not asked and (share, by, mix, amount) != (None,) * 4:
        _end(2, "--share, --by, --mix and --amount belong to a question: name one with --ask.")
    wanted = Wanted(asked, share, _month(by), _mix(mix), amount)
    law.enact(home.law_folder())
    answers, read = zip(*(_answer(path, wanted) for path in scenario), strict=True)
    answer = answers[0] if len(scenario) == 1 else _compared(list(answers), list(read))
    if out:
        _keep(answer, out)
    if json_:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print("\n".join(_lines(answer)))


def _answer(path: Path, wanted: Wanted) -> tuple[dict[str, Any], Scenario]:
    """The answer to one file, with what is asked of it."""
    from salawaku import law
    from salawaku.simulation import scheme

    try:
        scenario = scheme.read_scenario(path)
        answer = scheme.simulate(scenario)
        if wanted.asked:
            answer["questions"] = {str(one): _questions(wanted)[one](scenario) for one in wanted.asked}
    except OSError as fault:
        _end(2, f"{path}: {fault.strerror}")
    except (scheme.ScenarioError, law.OutsideValidityError) as fault:
        _end(1, f"{path}: {fault}")
    if answer["law"]["changed"]:
        print("The law has changed since this scenario was kept.", file=sys.stderr)
    return answer, scenario


def _questions(wanted: Wanted) -> dict[Ask, Callable[[Scenario], dict[str, Any]]]:
    from salawaku.simulation.scheme import questions

    amount = questions.BILLION if wanted.amount is None else wanted.amount
    return {
        Ask.LEAST_MONEY: lambda scenario: questions.least_money(scenario, wanted.share, wanted.by, wanted.mix),
        Ask.MONTH: questions.month_reached,
        Ask.DELAY: questions.delay_cost,
        Ask.BEST_USE: lambda scenario: questions.best_use(scenario, amount),
        Ask.TORNADO: questions.tornado,
    }


def _compared(answers: list[dict[str, Any]], scenarios: list[Scenario]) -> dict[str, Any]:
    from salawaku.simulation.scheme import ScenarioError
    from salawaku.simulation.scheme.comparison import compare

    try:
        return {"scenarios": answers} | compare(answers, scenarios)
    except ScenarioError as fault:
        _end(1, str(fault))


def _month(text: str | None) -> date | None:
    from salawaku.law.months import month_of

    try:
        return month_of(text) if text else None
    except ValueError:
        _end(2, f"--by is {text!r}: a month such as 2026-12 is wanted.")


def _mix(parts: list[str] | None) -> dict[str, str] | None:
    """The parts by purse; the name of a purse may hold the sign itself."""
    if not parts:
        return None
    pairs = [part.rpartition("=") for part in parts]
    if not all(name and share for name, _sign, share in pairs):
        _end(2, '--mix is written as "SOURCE=70%".')
    return {name: share for name, _sign, share in pairs}


def _end(code: int, message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)


def _keep(answer: dict[str, Any], folder: Path) -> None:
    """The whole answer, and its months as a table that a spreadsheet opens."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        told = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
        (folder / "answer.json").write_text(told, encoding="utf-8")
        with (folder / "months.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(_table(answer))
    except OSError as fault:
        _end(2, f"{folder}: {fault.strerror}")


def _table(answer: dict[str, Any]) -> Iterator[list[Any]]:
    """The months; of scenarios side by side, who is covered in each."""
    if "lines" in answer:
        yield ["month", *(line["name"] for line in answer["lines"])]
        for at, month in enumerate(answer["months"]):
            yield [month, *(line["covered"][at] for line in answer["lines"])]
        return
    yield [*COLUMNS, "benefits_mean", "benefits_p05", "benefits_p95"]
    for month in answer["months"]:
        yield [*(month[column] for column in COLUMNS), *month["benefits"].values()]


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    """For people."""
    if "lines" in answer:
        yield from telling.of_comparison(answer)
        return
    yield from telling.of_answer(answer)
    for asked, said in answer.get("questions", {}).items():
        yield from telling.of_question(asked, said)
