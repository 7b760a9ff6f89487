"""What is agreed about a purse, and what cannot be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import covers
from salawaku.programmes.models import Programme, Purse
from salawaku.programmes.models.purse import ACCOUNT_CODE, SEGMENTS
from salawaku.programmes.models.purse_kinds import USUAL_CODES, VILLAGE_MONEY, WITH_VILLAGE_MONEY, Kind, PayerCode
from salawaku.regions.models import Region
from salawaku.registry.models import Occupation


@dataclass(frozen=True, slots=True)
class PurseTerms:
    """What is agreed about a purse. Months left out are the programme's, a payer code left out is the usual one.

    `regions`, `village_kinds` and `occupations` are codes; an empty one leaves nobody out.
    """

    name: str
    kind: str
    ceiling: int
    payer_code: str = ""
    owner: str = ""
    legal_basis: str = ""
    account_code: str = ""
    first_month: date | None = None
    last_month: date | None = None
    priority: int = 1
    minimum_months: int = 1
    regions: Sequence[str] = ()
    village_kinds: Sequence[str] = ()
    occupations: Sequence[str] = ()
    segments: Sequence[str] = field(default=("BPU",))


def terms_of(purse: Purse) -> PurseTerms:
    """The terms as they stand."""
    return PurseTerms(**{name: getattr(purse, name) for name in PurseTerms.__slots__})


def settled(terms: PurseTerms, programme: Programme) -> dict[str, Any]:
    """The terms as columns of a purse, with what is usual filled in. Refusal for what cannot be."""
    first, last = terms.first_month or programme.first_month, terms.last_month or programme.last_month
    if terms.ceiling < 0:
        raise Refusal("purse.ceiling", _("The ceiling cannot be below zero."))
    if not programme.first_month <= first <= last <= programme.last_month:
        raise Refusal("purse.months", _("The months of a purse lie within those of its programme."))
    _refuse_codes(terms)
    _refuse_account_code(terms.account_code.strip())
    _refuse_places(terms, programme)
    found = asdict(
        replace(
            terms,
            first_month=first.replace(day=1),
            last_month=last.replace(day=1),
            payer_code=terms.payer_code or USUAL_CODES[terms.kind],
            account_code=terms.account_code.strip(),
            village_kinds=_village_kinds(terms),
        )
    )
    return found | {name: list(found[name]) for name in ("regions", "village_kinds", "occupations", "segments")}


def _refuse_codes(terms: PurseTerms) -> None:
    if terms.kind not in Kind.values:
        raise Refusal("purse.kind", _("There is no kind of money “%(found)s”."), found=terms.kind)
    if terms.payer_code and terms.payer_code not in PayerCode.values:
        raise Refusal("purse.payer_code", _("BPJS has no type “%(found)s”."), found=terms.payer_code)
    if not 1 <= terms.minimum_months <= 12:
        raise Refusal("purse.minimum_months", _("The months per worker are at least 1 and at most 12."))
    if not terms.segments or set(terms.segments) - set(SEGMENTS):
        raise Refusal("purse.segments", _("Choose at least one segment out of %(known)s."), known=", ".join(SEGMENTS))


def _refuse_account_code(code: str) -> None:
    """Groups of digits with dots between them, as Permendagri 90/2019 and 20/2018 write account codes."""
    if re.fullmatch(ACCOUNT_CODE, code) and len(code) <= 40:
        return
    if wrong := re.search(r"[^0-9.]", code):
        raise Refusal(
            "purse.account_code",
            _("An account code has only digits and dots, such as 5.1.3.01; “%(found)s” does not belong in it."),
            found=wrong[0],
        )
    raise Refusal(
        "purse.account_code",
        _("An account code is made of groups of one to six digits with one dot between them, such as 5.1.3.01."),
    )


def _refuse_places(terms: PurseTerms, programme: Programme) -> None:
    """Regions of the programme, and occupations, that exist."""
    known = set(Region.objects.filter(code__in=terms.regions).values_list("code", flat=True))
    outside = [code for code in terms.regions if code not in known or not covers(programme.region_code, code)]
    if outside:
        raise Refusal(
            "purse.region", _("These are no regions of the programme: %(codes)s."), codes=", ".join(sorted(outside))
        )
    works = set(Occupation.objects.filter(code__in=terms.occupations).values_list("code", flat=True))
    if unknown := set(terms.occupations) - works:
        raise Refusal("purse.occupation", _("Unknown occupations: %(codes)s."), codes=", ".join(sorted(unknown)))
    if unknown := set(terms.village_kinds) - {*WITH_VILLAGE_MONEY, Region.Kind.KELURAHAN.value}:
        raise Refusal(
            "purse.village_kind", _("Unknown kinds of villages: %(codes)s."), codes=", ".join(sorted(unknown))
        )


def _village_kinds(terms: PurseTerms) -> list[str]:
    """For whom village money is: desa and negeri unless fewer are named, never a kelurahan, which has none."""
    if terms.kind not in VILLAGE_MONEY:
        return list(terms.village_kinds)
    if Region.Kind.KELURAHAN in terms.village_kinds:
        raise Refusal(
            "purse.kelurahan",
            _("A kelurahan has no village money: it is an office of the city. Choose desa or negeri only."),
        )
    return list(terms.village_kinds) or list(WITH_VILLAGE_MONEY)
