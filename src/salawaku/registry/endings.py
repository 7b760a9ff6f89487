"""Whose aid has ended and from which month, as SQL that other rooms join with.

The latest event that was not taken back counts: of the moves the latest, and of wage, cover elsewhere and return the
latest. `ENDED` has worker_id, kind and closes_from, the first month that is not owed.
"""

from __future__ import annotations

ENDED = """
SELECT worker_id, kind, closes_from
FROM (
    SELECT DISTINCT ON (e.worker_id, e.kind = 'moved') e.worker_id, e.kind, e.village_to,
           CASE WHEN e.kind = 'moved' THEN (e.month + interval '1 month')::date ELSE e.month END AS closes_from
    FROM registry_workerevent e
    WHERE e.undoes_id IS NULL AND NOT EXISTS (SELECT 1 FROM registry_workerevent u WHERE u.undoes_id = e.id)
    ORDER BY e.worker_id, e.kind = 'moved', e.month DESC, e.id DESC
) latest
WHERE kind IN ('employed', 'elsewhere') OR (kind = 'moved' AND village_to = '')
"""


def has_ended(worker: str, *, by: str, kind: str = "") -> str:
    """A condition: the aid of `worker` (an SQL expression) has ended by the day `by`, of this kind or any."""
    of_kind = f" AND kind = '{kind}'" if kind else ""
    return f"{worker} IN (SELECT worker_id FROM ({ENDED}) ended WHERE closes_from <= {by}{of_kind})"
