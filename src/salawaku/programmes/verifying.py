"""Showing years later that an annex is the one that was signed."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from salawaku.accounts.scoping import elevated
from salawaku.programmes import annex
from salawaku.programmes.models import Decree
from salawaku.programmes.selectors import decree_removals, decree_rows


class Verification(NamedTuple):
    """The hash as printed, as computed now from the frozen lines, and the files whose bytes have changed."""

    stored: str
    computed: str
    changed_files: list[str]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was signed."""
        return self.stored == self.computed and not self.changed_files


def decree_verify(decree: Decree) -> Verification:
    """Compute the hash of the annex and of its files anew; shows no person."""
    with elevated("a hash is taken over every line of the annex"):
        computed = annex.canonical_hash(decree, decree_rows(decree), decree_removals(decree))
        changed = [
            file.name for file in decree.files.all() if hashlib.sha256(bytes(file.content)).hexdigest() != file.sha256
        ]
    return Verification(decree.sha256, computed, changed)
