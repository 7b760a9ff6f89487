"""Writing down what was declared about a worker, and handing its evidence out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.registry.evidence import evidence_of
from salawaku.registry.models import Declaration, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What was asked and answered; None and "" mean "not asked", which is not the same as "no"."""

    declared_by: str
    declared_on: date
    works: bool | None = None
    works_as: str = ""
    works_at: str = ""
    hours_from: time | None = None
    hours_to: time | None = None
    gravely_ill: bool | None = None
    residence_since: date | None = None
    assistance: tuple[str, ...] | None = None
    employment: str = ""


@transaction.atomic
def declaration_add(*, by: User | None, worker: Worker, declared: Declared, evidence: bytes = b"") -> Declaration:
    """Keep a declaration as it was made; what was declared before stays beneath it.

    Refusal for a merged record, for a day to come, for half a pair of hours, and as `evidence_of`.
    """
    worker = Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    _refuse_what_cannot_be(worker, declared)
    file = evidence_of(evidence) if evidence else None
    made = Declaration.objects.create(
        worker=worker,
        village_code=worker.village_code,
        agency_code=worker.agency_code,
        written_by=by,
        works=declared.works,
        works_as=declared.works_as,
        works_at=declared.works_at,
        hours_from=declared.hours_from,
        hours_to=declared.hours_to,
        gravely_ill=declared.gravely_ill,
        residence_since=declared.residence_since,
        assistance=None if declared.assistance is None else sorted(declared.assistance),
        employment=declared.employment,
        declared_by=declared.declared_by,
        declared_on=declared.declared_on,
        evidence=file.content if file else None,
        evidence_type=file.type if file else "",
        evidence_sha256=file.sha256 if file else "",
    )
    _trace(by, made, {"declaration": str(made.public_id), "evidence": bool(file)})
    return made


@transaction.atomic
def evidence_taken(*, by: User, declaration: Declaration) -> bytes:
    """The file beside a declaration; the event says who took it. Refusal where there is none."""
    if declaration.evidence is None:
        raise Refusal("evidence.none", _("There is no file beside this declaration."))
    audit.record(
        by=by,
        kind="evidence.taken",
        subject=declaration.worker,
        detail={"declaration": str(declaration.public_id)},
        region_code=declaration.village_code,
    )
    return bytes(declaration.evidence)


def _refuse_what_cannot_be(worker: Worker, declared: Declared) -> None:
    if worker.status == Worker.Status.MERGED:
        raise Refusal(
            "worker.merged", _("This record was merged into another one. Write the declaration down there.")
        )
    if declared.declared_on > timezone.localdate():
        raise Refusal("declaration.in_future", _("The day of the declaration lies in the future."))
    if not declared.declared_by.strip():
        raise Refusal("declaration.by_nobody", _("Please say who declared this, with the office held."))
    if (declared.hours_from is None) != (declared.hours_to is None):
        raise Refusal("declaration.hours", _("Please give both hours, from and until, or neither."))
    if declared.residence_since and declared.residence_since > declared.declared_on:
        raise Refusal("declaration.residence", _("Somebody cannot live here only after the day of the declaration."))


def _trace(by: User | None, made: Declaration, detail: dict[str, object]) -> None:
    audit.record(by=by, kind="worker.declared", subject=made.worker, detail=detail, region_code=made.village_code)
