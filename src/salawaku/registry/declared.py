"""Reading what was declared about workers: the newest declaration counts, the older ones stay readable."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from salawaku.accounts.scoping import in_scope
from salawaku.registry.models import Declaration, Worker

# The newest declaration of each worker, for joins in SQL; one about a record that was merged away speaks of the
# record that was kept.
LATEST = """
SELECT DISTINCT ON (coalesce(m.kept_id, d.worker_id))
       coalesce(m.kept_id, d.worker_id) AS worker_id, d.id, d.works, d.gravely_ill, d.residence_since, d.assistance,
       d.employment
FROM registry_declaration d
LEFT JOIN registry_merge m ON m.gone_id = d.worker_id AND m.undone_at IS NULL
ORDER BY coalesce(m.kept_id, d.worker_id), d.id DESC
"""
SHOWN = 20
# Whether somebody is ill, and the file beside it, are for those who do the check, verify identities or inspect.
SENSITIVE = ("register.declare", "register.unmask", "audit.view")


def declarations_of(worker: Worker) -> QuerySet[Declaration]:
    """What was declared about a worker, or about a record merged into this one; the newest first, without files."""
    own = Q(worker=worker) | Q(worker__merges_gone__kept=worker, worker__merges_gone__undone_at__isnull=True)
    return in_scope(Declaration.objects.filter(own)).select_related("written_by").defer("evidence").order_by("-id")


def declaration_get(worker: Worker, public_id: UUID) -> Declaration:
    """One declaration about the worker; raises Declaration.DoesNotExist."""
    return declarations_of(worker).defer(None).select_related("worker").get(public_id=public_id)


def declarations_panel(request: HttpRequest, worker: Worker) -> str:
    """What was declared, on the worker's page."""
    may_see_all = any(request.user.can(code) for code in SENSITIVE)  # type: ignore[union-attr]  # behind the gate
    context = {"worker": worker, "declarations": declarations_of(worker)[:SHOWN], "may_see_all": may_see_all}
    return render_to_string("registry/parts/declarations.html", context, request)
