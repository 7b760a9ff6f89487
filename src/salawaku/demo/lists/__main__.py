"""`python -m salawaku.demo.lists make DIR` writes lists; `… score REPORT.json TRUTH.json` compares."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from salawaku.demo.lists import make_city, score, write_lists
from salawaku.regions.table import region_table


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 done, 1 the score is found wanting, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    if options.command == "make":
        city = make_city(options.workers, options.seed, region_table(), home=options.region)
        truth = write_lists(city, options.folder, layouts=options.layouts)
        rows = sum(len(rows) for rows in truth.files.values())
        print(f"{len(truth.order)} files, {rows} rows, as of {truth.as_of}", file=sys.stderr)
        return 0
    result = score(json.loads(options.report.read_text()), json.loads(options.truth.read_text()))
    print(result.as_text())
    return 0 if result.passed else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m salawaku.demo.lists", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="write the lists of a synthetic city")
    make.add_argument("folder", type=Path)
    make.add_argument("--workers", type=int, default=20_000)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--layouts", choices=("demo", "held_out"), default="demo")
    make.add_argument("--region", default="81.71")
    check = commands.add_parser("score", help="compare a report of `salawaku intake check --json` with a truth")
    check.add_argument("report", type=Path)
    check.add_argument("truth", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
