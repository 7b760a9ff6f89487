"""What every benchmark uses: a stopwatch, peak memory, a figure with its target."""

from __future__ import annotations

import multiprocessing
import re
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


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


def best_of_both(ours: Callable[[], object], limit: Callable[[], object], *, runs: int) -> tuple[float, float]:
    """The shortest run of each; they take turns, so that the machine's other business meets both alike."""
    taken = [(seconds(ours), seconds(limit)) for _ in range(runs)]
    return min(one for one, _ in taken), min(other for _, other in taken)


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` returns in a fresh process, so that memory peaks and warm caches do not mix."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, args, kwargs)


def peak_memory_mb() -> int:
    """The most memory this process has held so far, in MB.

    Linux hands `ru_maxrss` of the parent on to a child; its own peak stands in /proc.
    """
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return (int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024
