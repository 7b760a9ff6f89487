"""Months are dates on the first of the month; a constraint says so."""

from __future__ import annotations

from django.db.models import BaseConstraint, CheckConstraint, F, Q


def month_checks(table: str) -> list[BaseConstraint]:
    """Constraints for a model with `first_month` and `last_month`: first days of months, in order."""
    return [
        CheckConstraint(
            condition=Q(first_month__day=1, last_month__day=1), name=f"{table}_months_begin_on_the_first"
        ),
        CheckConstraint(condition=Q(first_month__lte=F("last_month")), name=f"{table}_months_in_order"),
    ]
