"""What other rooms do when something happens to a worker, in the same transaction; the register imports none."""

from __future__ import annotations

from collections.abc import Callable

from salawaku.accounts.models import User
from salawaku.registry.models import Worker

DeathListener = Callable[..., object]

_on_death: list[DeathListener] = []


def on_death(listener: DeathListener) -> None:
    """Call `listener(by=…, worker=…)` once the day of death is written; connected in the `ready` of a room."""
    if listener not in _on_death:
        _on_death.append(listener)


def tell_death(by: User | None, worker: Worker) -> None:
    """Let every room do its part."""
    for listener in _on_death:
        listener(by=by, worker=worker)
