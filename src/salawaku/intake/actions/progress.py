"""How far a job is, for the page that waits for it."""

from __future__ import annotations

from collections.abc import Callable

from salawaku.intake.models import ListFile, Progress

QUEUED, READING, LINKING, KEEPING, CARRYING, DONE, FAILED = (
    "queued", "reading", "linking", "keeping", "carrying", "done", "failed",
)  # fmt: skip

Teller = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """For whoever does not ask."""


def teller(file: ListFile) -> Teller:
    """Writes the progress of a file down; inside a transaction it appears when that ends."""

    def tell(step: str, done: int, total: int) -> None:
        Progress.objects.update_or_create(
            file=file, defaults={"step": step, "done": done, "total": total, "error": ""}
        )

    return tell


def failed(file: ListFile, error: str) -> None:
    """The job ended without a result; `error` is a code, never a text with persons."""
    Progress.objects.update_or_create(file=file, defaults={"step": FAILED, "error": error[:60]})
