"""Recording an agreement with its quota per region, and changing it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.documents import scan_kind
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import covers
from salawaku.programmes.models import Agreement, AgreementQuota, Programme
from salawaku.regions.models import Region

LARGEST_DOCUMENT = 10_000_000  # bytes


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """What an agreement says; `quotas` are workers by region code, `parties` offices, one a line."""

    number: str
    kind: str
    parties: str
    subject: str
    signed_on: date
    valid_from: date
    valid_to: date
    region_code: str
    quotas: Mapping[str, int]
    programme: Programme | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The signed document as a PDF."""

    title: str
    content: bytes


@transaction.atomic
def agreement_record(*, by: User | None, terms: AgreementTerms, document: Document | None = None) -> Agreement:
    """Write an agreement down.

    Refusal for a number that the region has already, days out of order, quotas outside the region or one within
    another, a programme of another region, a document that is no PDF or too large.
    """
    _refuse(terms)
    if Agreement.objects.filter(region_code=terms.region_code, number=terms.number).exists():
        raise Refusal("agreement.number", _("The region already has an agreement of this number."))
    agreement = Agreement.objects.create(**_columns(terms), **_kept(document))
    _write_quotas(agreement, terms.quotas)
    detail = {"regions": len(terms.quotas), "workers": sum(terms.quotas.values())}
    audit.record(by=by, kind="agreement.recorded", subject=agreement, detail=detail)
    return agreement


@transaction.atomic
def agreement_change(
    *, by: User | None, agreement: Agreement, terms: AgreementTerms, reason: str, document: Document | None = None
) -> Agreement:
    """Change an agreement; what it was stays in the trail. The same again changes nothing.

    Refusal for what `agreement_record` refuses, without a reason, or for another region: that is another agreement.
    """
    if not reason.strip():
        raise Refusal("agreement.reason", _("Please say in a few words why. Nothing was changed."))
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if terms.region_code != agreement.region_code:
        raise Refusal("agreement.region", _("Another region needs an agreement of its own."))
    _refuse(terms)
    if Agreement.objects.filter(region_code=terms.region_code, number=terms.number).exclude(pk=agreement.pk).exists():
        raise Refusal("agreement.number", _("The region already has an agreement of this number."))
    before, after = _said(agreement), _columns(terms) | _kept(document)
    for name, value in after.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=list(after))
    _write_quotas(agreement, terms.quotas)
    now = _said(agreement)
    changed = [name for name in now if now[name] != before[name]]
    if changed:
        detail = {"before": {name: before[name] for name in changed}, "after": {name: now[name] for name in changed}}
        audit.record(by=by, kind="agreement.changed", subject=agreement, detail=detail, reason=reason)
    return agreement


@transaction.atomic
def agreement_document_taken(*, by: User, agreement: Agreement) -> bytes:
    """Hand the signed document out; the event says who took it. Refusal if none is kept."""
    content = Agreement.objects.values_list("document", flat=True).get(pk=agreement.pk)
    if content is None:
        raise Refusal("agreement.no_document", _("No document is kept with this agreement."))
    audit.record(by=by, kind="agreement.document_taken", subject=agreement)
    return bytes(content)


def _refuse(terms: AgreementTerms) -> None:
    if terms.kind not in Agreement.Kind.values:
        raise Refusal("agreement.kind", _("There is no kind of agreement “%(found)s”."), found=terms.kind)
    if terms.valid_from > terms.valid_to:
        raise Refusal("agreement.days", _("The agreement must not end before it begins."))
    if terms.programme and not _meet(terms.region_code, terms.programme.region_code):
        raise Refusal("agreement.programme", _("The programme covers another region."))
    if not terms.quotas:
        raise Refusal("agreement.no_quota", _("Name at least one region with a number of workers."))
    known = set(Region.objects.filter(code__in=[terms.region_code, *terms.quotas]).values_list("code", flat=True))
    outside = [code for code in terms.quotas if code not in known or not covers(terms.region_code, code)]
    if outside:
        raise Refusal(
            "agreement.quota_region",
            _("These are no regions of the agreement: %(codes)s."),
            codes=", ".join(sorted(outside)),
        )
    if any(workers < 1 for workers in terms.quotas.values()):
        raise Refusal("agreement.quota_workers", _("A quota is for at least one worker."))
    for outer, inner in permutations(sorted(terms.quotas), 2):
        if covers(outer, inner):
            raise Refusal(
                "agreement.quota_twice",
                _("%(inner)s lies within %(outer)s: its workers would count twice."),
                inner=inner,
                outer=outer,
            )


def _meet(one: str, other: str) -> bool:
    """Whether one of the regions holds the other."""
    return covers(one, other) or covers(other, one)


def _columns(terms: AgreementTerms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in terms.__slots__ if name != "quotas"}


def _kept(document: Document | None) -> dict[str, Any]:
    """The document as columns; without one what is kept stays."""
    if document is None:
        return {}
    if len(document.content) > LARGEST_DOCUMENT:
        raise Refusal("agreement.document_size", _("The document is larger than 10 MB. Scan it with less detail."))
    if scan_kind(document.content) != "pdf":
        raise Refusal("agreement.document_type", _("The document is not a PDF."))
    return {
        "document": document.content,
        "document_title": document.title[:200],
        "document_sha256": hashlib.sha256(document.content).hexdigest(),
    }


def _write_quotas(agreement: Agreement, quotas: Mapping[str, int]) -> None:
    agreement.quotas.exclude(region_code__in=quotas).delete()
    AgreementQuota.objects.bulk_create(
        [AgreementQuota(agreement=agreement, region_code=code, workers=count) for code, count in quotas.items()],
        update_conflicts=True,
        unique_fields=["agreement", "region_code"],
        update_fields=["workers"],
    )


def _said(agreement: Agreement) -> dict[str, Any]:
    """The agreement as the trail keeps it: texts without what could be an identity number, the document by hash."""
    names = ("number", "kind", "parties", "subject", "signed_on", "valid_from", "valid_to", "document_sha256")
    found: dict[str, Any] = {name: audit.LONG_NUMBER.sub("•••", str(getattr(agreement, name))) for name in names}
    quotas = dict(agreement.quotas.values_list("region_code", "workers"))
    return found | {"programme": agreement.programme_id, "quotas": quotas}
