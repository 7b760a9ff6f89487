"""`python -m salawaku.bench [PART]`: run the benchmarks, print the table, write bench.json."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from salawaku.bench.measure import Figure

PARTS = ("intake", "law", "programmes", "cover", "simulation")


def main() -> None:
    """Run one part or all, and keep the figures of the other parts in bench.json."""
    chosen = [part for part in PARTS if not sys.argv[1:] or part in sys.argv[1:]]
    if not chosen:
        sys.exit(f"There is no such part; the parts are: {', '.join(PARTS)}")
    path = Path("bench.json")
    figures = json.loads(path.read_text()) if path.exists() else {}
    for part in chosen:
        fresh = importlib.import_module(f"salawaku.bench.{part}").run()
        figures |= {name: figure.as_json() for name, figure in fresh.items()}
        _print(fresh)
    path.write_text(json.dumps(figures, indent=2) + "\n")


def _print(figures: dict[str, Figure]) -> None:
    table = Table(Column("benchmark", no_wrap=True), "ratio", "target", "against", "n", "memory MB")
    for name, figure in figures.items():
        digits = ".2f" if figure.target >= 1.01 else ".5f"
        mark = "" if figure.ratio <= figure.target else " !"
        memory = str(figure.memory_mb or "")
        table.add_row(
            name, f"{figure.ratio:{digits}}{mark}", str(figure.target), figure.against, f"{figure.n:,}", memory
        )
    Console().print(table)


if __name__ == "__main__":
    main()
