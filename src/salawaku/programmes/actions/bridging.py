"""A plan of few months for some workers, such as those who lapse soon: the waterfall on a shorter span."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import elevated
from salawaku.programmes import waterfall
from salawaku.programmes.actions.allocation import Method, Plan, plan_keep
from salawaku.programmes.actions.renewal import refuse_unless_open
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import Programme
from salawaku.programmes.prices import Offer, offers_for


@law_known()
@transaction.atomic
def bridging_plan(
    *, programme: Programme, first_month: date, months: int, only: waterfall.Restriction
) -> tuple[Plan, list[Offer]]:
    """Which purse carries whom for up to `months` from `first_month`, the most urgent first; keeps nothing.

    Also the offers: the purses that pay at least their minimum of months in this span. Refusal for a closed
    programme, or months that it does not have.
    """
    first = law.first_of_month(first_month)
    refuse_unless_open(programme)
    if not programme.first_month <= first <= programme.last_month or months < 1:
        raise Refusal("allocation.month", _("The first month must lie within the programme's months."))
    last = min(programme.last_month, law.add_months(first, months - 1))
    purses = list(programme.purses.all())
    offers = offers_for(purses, first, last)
    criteria = Criteria.from_json(programme.criteria)
    with elevated("a bridge weighs all workers of the programme's region"), connection.cursor() as cursor:
        waterfall.pour(
            cursor, programme=programme, criteria=criteria, first=first, offers=offers, last=last, only=only
        )
        figures = waterfall.by_purse(), waterfall.reasons(), waterfall.plan_hash()
    return Plan(programme, first, purses, *figures, Method.BRIDGING), offers


@transaction.atomic
def bridging_propose(*, by: User | None, plan: Plan) -> Plan:
    """Keep a bridge for another person to approve; only inside the transaction that planned it."""
    if not plan.workers:
        raise Refusal("bridge.nobody", _("No purse can carry anybody here. Nothing was proposed."))
    allocation = plan_keep(by=by, plan=plan)
    detail = {"workers": plan.workers, "amount": plan.amount, "plan_hash": plan.plan_hash}
    audit.record(
        by=by, kind="allocation.proposed", subject=allocation, detail=detail,
        region_code=plan.programme.region_code,
    )  # fmt: skip
    return replace(plan, allocation=allocation)
