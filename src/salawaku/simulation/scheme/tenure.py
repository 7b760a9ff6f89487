"""How long a membership lasts, in as few steps as the law tells apart.

A step is (again, months of membership, months contributed): `again` says that an earlier membership had ended. Beyond
what the waiting time of JKM and the scholarship ask, months are no longer counted, so that there are few steps.
"""

from __future__ import annotations

from typing import NamedTuple

Step = tuple[bool, int, int]


class Tenure(NamedTuple):
    """All steps; `paid[i]` and `unpaid[i]` are the steps after a month that is paid or not."""

    steps: tuple[Step, ...]
    paid: tuple[int, ...]
    unpaid: tuple[int, ...]
    first: int
    first_again: int

    def of(self, months: int, caps: Caps) -> int:
        """The step of somebody who has paid `months` months without a gap, the last one included."""
        return self.steps.index(capped((False, months - 1, months), caps))


class Caps(NamedTuple):
    """Up to where months matter: those of membership, and those contributed."""

    membership: int
    contributed: int


def capped(step: Step, caps: Caps) -> Step:
    """The step that stands for this one; once both waits are over it no longer matters how it began."""
    again, membership, contributed = step
    membership, contributed = min(membership, caps.membership), min(contributed, caps.contributed)
    waited = membership == caps.membership and (caps.membership > 0 or contributed == caps.contributed)
    return again and not waited, membership, contributed


def tenure(caps: Caps) -> Tenure:
    """Every step that can be reached from the first month of a membership."""
    first, first_again = capped((False, 0, 1), caps), capped((True, 0, 1), caps)
    steps = [first] if first == first_again else [first, first_again]
    for step in steps:  # grows while it is walked
        steps += [after for more in (1, 0) if (after := _after(step, more, caps)) not in steps]
    paid, unpaid = (tuple(steps.index(_after(step, more, caps)) for step in steps) for more in (1, 0))
    return Tenure(tuple(steps), paid, unpaid, steps.index(first), steps.index(first_again))


def _after(step: Step, paid: int, caps: Caps) -> Step:
    again, membership, contributed = step
    return capped((again, membership + 1, contributed + paid), caps)
