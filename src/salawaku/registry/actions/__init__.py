"""Writing to the register."""

from salawaku.registry.actions.code_lists import load_code_lists
from salawaku.registry.actions.declaration import Declared, declaration_add, evidence_taken
from salawaku.registry.actions.event import (
    Recorded,
    what_would_change,
    worker_covered_elsewhere,
    worker_employed,
    worker_event_undo,
    worker_moved,
    worker_returned,
)
from salawaku.registry.actions.export import workers_export
from salawaku.registry.actions.merge import merge_undo, workers_merge
from salawaku.registry.actions.numbers import hold_participant_numbers, participant_numbers_set
from salawaku.registry.actions.worker import nik_unmask, worker_died

__all__ = [
    "Declared",
    "Recorded",
    "declaration_add",
    "evidence_taken",
    "hold_participant_numbers",
    "load_code_lists",
    "merge_undo",
    "nik_unmask",
    "participant_numbers_set",
    "what_would_change",
    "worker_covered_elsewhere",
    "worker_died",
    "worker_employed",
    "worker_event_undo",
    "worker_moved",
    "worker_returned",
    "workers_export",
    "workers_merge",
]
