"""Checking and loading large lists."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import python_calamine

from salawaku.bench.intake_load import loading
from salawaku.bench.measure import Figure, apart, best_of, peak_memory_mb
from salawaku.demo.lists import bulk_xlsx
from salawaku.intake.engine.check import check_files

AS_OF = date(2026, 6, 30)
SMALL, LARGE, HUGE = 20_000, 100_000, 200_000


def run() -> dict[str, Figure]:
    """All figures of intake; each step in a process of its own, so that memory peaks do not mix."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {rows: Path(folder) / f"{rows}.xlsx" for rows in (SMALL, LARGE, HUGE)}
        for rows, path in paths.items():
            bulk_xlsx(path, rows, seed=1)
        return {
            "intake.check_100k": _checking(paths[LARGE]),
            "intake.load_100k": loading(paths[LARGE]),
            "intake.growth": _growth(paths[SMALL], paths[HUGE]),
        }


def _checking(path: Path) -> Figure:
    bare, _ = apart(_measured, _read_bare, path)
    ours, memory = apart(_measured, _check, path)
    return Figure(ours / bare, 4.0, "bare calamine read", LARGE, memory_mb=memory, seconds=round(ours, 2))


def _growth(small: Path, huge: Path) -> Figure:
    at_small, _ = apart(_measured, _check, small)
    at_huge, memory = apart(_measured, _check, huge)
    ratio = (at_huge / HUGE) / (at_small / SMALL)
    return Figure(ratio, 1.3, f"time per row at {SMALL:,} rows", HUGE, memory_mb=memory)


def _measured(work: Callable[[Path], object], path: Path) -> tuple[float, int]:
    """Seconds (the best of three) and peak memory of `work`."""
    return best_of(lambda: work(path)), peak_memory_mb()


def _read_bare(path: Path) -> object:
    return python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()


def _check(path: Path) -> object:
    return check_files([path], as_of=AS_OF)
