"""The money path of large programmes."""

from __future__ import annotations

from salawaku.bench.cover_months import figures
from salawaku.bench.cover_payments import importing
from salawaku.bench.measure import Figure, apart


def run() -> dict[str, Figure]:
    """All figures of cover; each step in a process of its own, so that memory peaks do not mix."""
    return {"cover.payments_100k": apart(importing), **apart(figures)}
