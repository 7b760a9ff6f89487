"""`salawaku simulate`: a scenario on the command line; needs neither Django nor a database."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from salawaku import home

COLUMNS = (
    "month",
    "covered",
    "share",
    "cost",
    "lapsed",
    "dropped_out",
    "deaths",
    "accidents",
    "reduced_benefit_families",
)


def add_to(app: typer.Typer) -> None:
    """Hang the command into the main one."""
    app.command()(simulate)


def simulate(
    scenario: Annotated[Path, typer.Argument(help="A scenario file (YAML).")],
    out: Annotated[Path | None, typer.Option(help="A folder for the answer and a table of the months.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")] = False,
) -> None:
    """Simulate a scheme of membership month by month: who is covered, what it costs, what families receive."""
    from salawaku import law
    from salawaku.simulation import scheme

    law.enact(home.law_folder())
    try:
        answer = scheme.simulate(scheme.read_scenario(scenario))
    except OSError as fault:
        _end(2, f"{scenario}: {fault.strerror}")
    except (scheme.ScenarioError, law.OutsideValidityError) as fault:
        _end(1, f"{scenario}: {fault}")
    if answer["law"]["changed"]:
        print("The law has changed since this scenario was kept.", file=sys.stderr)
    if out:
        _keep(answer, out)
    if json_:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        _tell(answer)


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
            table = csv.writer(file)
            table.writerow([*COLUMNS, "benefits_mean", "benefits_p05", "benefits_p95"])
            for month in answer["months"]:
                table.writerow([*(month[column] for column in COLUMNS), *month["benefits"].values()])
    except OSError as fault:
        _end(2, f"{folder}: {fault.strerror}")


def _tell(answer: dict[str, Any]) -> None:
    """A line for each month and the sums, for people."""
    print(answer["name"])
    for month in answer["months"]:
        print(
            f"{month['month']}  {_number(month['covered']):>11} terlindungi ({_percent(month['share'])})"
            f"  iuran Rp{_number(month['cost'])}  manfaat Rp{_number(month['benefits']['mean'])}"
        )
    totals = answer["totals"]
    print(f"Iuran Rp{_number(totals['cost'])}, tidak terpakai Rp{_number(totals['unspent'])}.")
    between = " sampai ".join(f"Rp{_number(totals['benefits'][end])}" for end in ("p05", "p95"))
    print(f"Manfaat Rp{_number(totals['benefits']['mean'])}, sembilan dari sepuluh kali {between}.")
    print(f"Kepesertaan berakhir: {_number(round(totals['lapsed']))} pekerja.")
    for target in answer["targets"]:
        reached = f"tercapai {target['reached']}" if target["reached"] else "tidak tercapai"
        print(f"Target {_percent(target['share'])} pada {target['month']}: {reached}.")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _percent(share: float) -> str:
    return f"{share:.1%}".replace(".", ",")
