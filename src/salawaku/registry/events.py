"""What other rooms do when something happens to a worker, in the same transaction; the register imports none."""

from __future__ import annotations

from collections.abc import Callable

from salawaku.accounts.models import User
from salawaku.registry.models import Worker, WorkerEvent

Listener = Callable[..., object]
EventListener = Callable[..., list[str]]

_on_death: list[Listener] = []
_on_merge: list[Listener] = []
_on_merge_undo: list[Listener] = []
_on_event: list[EventListener] = []
_on_undo: list[EventListener] = []


def on_death(listener: Listener) -> None:
    """Call `listener(by=…, worker=…)` once the day of death is written; connected in the `ready` of a room."""
    if listener not in _on_death:
        _on_death.append(listener)


def tell_death(by: User | None, worker: Worker) -> None:
    """Let every room do its part."""
    for listener in _on_death:
        listener(by=by, worker=worker)


def on_merge(listener: Listener) -> None:
    """Call `listener(by=…, kept=…, gone=…)` once everything of `gone` has moved that can."""
    if listener not in _on_merge:
        _on_merge.append(listener)


def tell_merge(by: User | None, kept: Worker, gone: Worker) -> None:
    """Let every room do its part."""
    for listener in _on_merge:
        listener(by=by, kept=kept, gone=gone)


def on_merge_undo(listener: Listener) -> None:
    """Call `listener(by=…, kept=…, gone=…)` once a merge is taken back."""
    if listener not in _on_merge_undo:
        _on_merge_undo.append(listener)


def tell_merge_undo(by: User | None, kept: Worker, gone: Worker) -> None:
    """Let every room take its part back."""
    for listener in _on_merge_undo:
        listener(by=by, kept=kept, gone=gone)


def on_event(listener: EventListener) -> None:
    """Call `listener(by=…, event=…)` once a move, a wage or the like is written; it says in sentences what it did."""
    if listener not in _on_event:
        _on_event.append(listener)


def on_undo(listener: EventListener) -> None:
    """Call `listener(by=…, event=…)` once an event is taken back; a Refusal in it keeps the event."""
    if listener not in _on_undo:
        _on_undo.append(listener)


def tell_event(by: User | None, event: WorkerEvent) -> list[str]:
    """Let every room do its part; what they did, in sentences."""
    return [told for listener in _on_event for told in listener(by=by, event=event)]


def tell_undo(by: User | None, event: WorkerEvent) -> list[str]:
    """Let every room take its part back."""
    return [told for listener in _on_undo for told in listener(by=by, event=event)]
