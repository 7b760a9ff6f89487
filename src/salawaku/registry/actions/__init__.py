"""Writing to the register."""

from salawaku.registry.actions.code_lists import load_code_lists
from salawaku.registry.actions.export import workers_export
from salawaku.registry.actions.merge import merge_undo, workers_merge
from salawaku.registry.actions.numbers import hold_participant_numbers, participant_numbers_set
from salawaku.registry.actions.worker import nik_unmask, worker_died

__all__ = [
    "hold_participant_numbers",
    "load_code_lists",
    "merge_undo",
    "nik_unmask",
    "participant_numbers_set",
    "worker_died",
    "workers_export",
    "workers_merge",
]
