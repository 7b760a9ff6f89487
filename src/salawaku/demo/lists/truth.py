"""What a reader should find in the lists, row by row and file by file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Truth:
    """Expected outcomes: rows of readable files under "sheet!row", refused files under `file_status`.

    `unscored` rows are truly ambiguous: a reader may judge them either way. Codes of None are not compared.
    """

    seed: int
    as_of: str
    people: int
    order: list[str] = field(default_factory=list)
    files: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    file_status: dict[str, dict[str, Any]] = field(default_factory=dict)
    noise_rows: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The truth as plain data, in the form of truth.json."""
        return {
            "seed": self.seed,
            "as_of": self.as_of,
            "order": self.order,
            "files": self.files,
            "file_status": self.file_status,
            "noise_rows": self.noise_rows,
            "people": self.people,
        }

    def save(self, path: Path) -> None:
        """Write truth.json."""
        path.write_text(json.dumps(self.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
