"""What every benchmark uses: a stopwatch, peak memory, a figure with its target."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ratio` is ours ÷ the limit named in `against`; smaller is better."""

    ratio: float
    target: float
    against: str
    n: int
    memory_mb: int | None = None
    seconds: float | None = None

    def as_json(self) -> dict[str, Any]:
        """The figure without what was not measured."""
        return {key: value for key, value in asdict(self).items() if value is not None}


def seconds(work: Callable[[], object]) -> float:
    """How long one run of `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_of(work: Callable[[], object], *, runs: int = 3) -> float:
    """The shortest of some runs: what the work costs without the machine's other business."""
    return min(seconds(work) for _ in range(runs))


def peak_memory_mb() -> int:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
