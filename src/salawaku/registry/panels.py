"""What other rooms show on the worker's page and in the rows of the list; the register imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.http import HttpRequest

from salawaku.registry.models import Worker

PanelMaker = Callable[[HttpRequest, Worker], str]
CellMaker = Callable[[HttpRequest, Sequence[Worker]], Mapping[int, str]]


class _Panel(NamedTuple):
    order: int
    make: PanelMaker


_panels: list[_Panel] = []
_cells: list[CellMaker] = []


def register(make: PanelMaker, *, order: int = 50) -> None:
    """Show what `make(request, worker)` renders on the worker's page; lower orders stand higher, "" shows nothing."""
    if all(panel.make is not make for panel in _panels):
        _panels.append(_Panel(order, make))
        _panels.sort(key=lambda panel: panel.order)


def register_cells(make: CellMaker) -> None:
    """Show `make(request, workers)[worker.id]` in the rows of the list: one call for the whole page."""
    if make not in _cells:
        _cells.append(make)


def panels_for(request: HttpRequest, worker: Worker) -> list[str]:
    """What the other rooms have to say about a worker."""
    return [shown for panel in _panels if (shown := panel.make(request, worker))]


def cells_for(request: HttpRequest, workers: Sequence[Worker]) -> list[Mapping[int, str]]:
    """One mapping from worker to cell for each room that has one."""
    return [make(request, workers) for make in _cells] if workers else []
