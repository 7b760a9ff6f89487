"""The register of civil servants, one of them, and what happens to one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku import law
from salawaku.accounts.access import needs, person
from salawaku.accounts.models import Agency, User
from salawaku.accounts.refusal import Refusal
from salawaku.sponsors import actions, selectors
from salawaku.sponsors.forms import LeaveForm, MoveForm, PledgeForm, RegisterForm
from salawaku.sponsors.models import Sponsor

ROWS = 50


@needs("sponsor.view")
@require_http_methods(["GET", "POST"])
def sponsor_list(request: HttpRequest) -> HttpResponse:
    """The register, searched by name or whole NIP; a post loads a file."""
    if request.method == "POST":
        return _load(request)
    return _list(request, RegisterForm())


def _load(request: HttpRequest) -> HttpResponse:
    if not person(request).can("sponsor.manage"):
        raise PermissionDenied
    form = RegisterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    file, agency = form.cleaned_data["file"], form.cleaned_data["agency"]
    try:
        result = actions.sponsors_load(
            by=person(request),
            region_code=_region(person(request)),
            file_name=file.name,
            content=file.read(),
            agency_code=agency.pk if agency else "",
        )
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _list(request, form, status=422)
    return _list(request, RegisterForm(), result=result)


def _region(user: User) -> str:
    """The government whose register the person keeps."""
    regions = user.regions_where("sponsor.manage", whole=True)
    return regions[0] if len(regions) == 1 else settings.HOME_REGION


def _list(
    request: HttpRequest, form: RegisterForm, *, result: actions.LoadResult | None = None, status: int = 200
) -> HttpResponse:
    search = request.GET.get("search", "").replace("\0", "").strip()[:120]
    agency, after = request.GET.get("agency", "")[:40].replace("\0", ""), request.GET.get("after", "")
    pledged = request.GET.get("pledged") == "1"
    found = selectors.sponsors_for(search=search, agency=agency, pledged=pledged)
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__gt=int(after))
    rows = list(found[: ROWS + 1])
    names = dict(Agency.objects.values_list("code", "name"))
    kept = {"search": search, "agency": agency, "pledged": "1" if pledged else ""}
    query: dict[str, Any] = {name: value for name, value in kept.items() if value}
    context: dict[str, Any] = {
        "form": form,
        "result": result,
        "faults": [str(fault) for fault in result.faults[:100]] if result else [],
        "rows": [(row, names.get(row.agency_code, row.agency_code)) for row in rows[:ROWS]],
        "search": search,
        "pledged": pledged,
        "next_url": f"?{urlencode({**query, 'after': rows[ROWS - 1].pk})}" if len(rows) > ROWS else "",
    }
    return render(request, "sponsors/list.html", context, status=status)


@needs("sponsor.view")
@require_GET
def sponsor_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One civil servant: pledges, and for whoever manages them what can be done."""
    return _page(request, get_object_or_404(Sponsor, public_id=public_id))


@needs("sponsor.manage")
@require_POST
def sponsor_pledge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a pledge down."""
    sponsor = get_object_or_404(Sponsor, public_id=public_id)
    form = PledgeForm(request.POST, request.FILES, purses=selectors.foster_purses(person(request), managed=True))
    if form.is_valid():
        try:
            pledge = actions.pledge_record(
                by=person(request),
                sponsor=sponsor,
                purse=form.cleaned_data["purse"],
                terms=form.terms(),
                paper=form.given_paper(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("pledge_detail", public_id=pledge.public_id)
    return _page(request, sponsor, pledge_form=form)


@needs("sponsor.manage")
@require_POST
def sponsor_leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Retire, move away or stop from a month: what would become of the workers; a second post hands them over."""
    sponsor = get_object_or_404(Sponsor, public_id=public_id)
    form = LeaveForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            if "confirmed" not in request.POST:
                asked = {name: given[name] for name in ("status", "from_month")}
                preview = actions.leave_preview(by=person(request), sponsor=sponsor, **asked)
                return _page(request, sponsor, leave_form=form, leaving=preview)
            result = actions.sponsor_leave(by=person(request), sponsor=sponsor, **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("%(over)d workers were handed over to other sponsors, %(left)d are without one.")
            messages.success(request, told % {"over": result.handed_over, "left": result.without_sponsor})
            if result.without_sponsor:
                return redirect("sponsor_without")
            return redirect("sponsor_detail", public_id=public_id)
    return _page(request, sponsor, leave_form=form)


@needs("sponsor.manage")
@require_POST
def sponsor_move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another agency; the tie stays."""
    sponsor = get_object_or_404(Sponsor, public_id=public_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        agency, month = form.cleaned_data["agency"], form.cleaned_data["from_month"]
        try:
            actions.sponsor_move(by=person(request), sponsor=sponsor, agency_code=agency.pk, from_month=month)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The sponsor keeps the workers; the list goes to the new agency."))
            return redirect("sponsor_detail", public_id=public_id)
    return _page(request, sponsor, move_form=form)


def _page(
    request: HttpRequest, sponsor: Sponsor, *, leaving: actions.Leaving | None = None, **asked: Form
) -> HttpResponse:
    """The page of a sponsor; `asked` is a form that comes back with what was typed and what is wrong, `leaving` what
    it would do."""
    manages = person(request).can_in("sponsor.manage", sponsor.village_code)
    next_month = law.add_months(timezone.localdate(), 1)
    context: dict[str, Any] = {
        "sponsor": sponsor,
        "agency": selectors.agency_named(sponsor.agency_code),
        "pledges": list(sponsor.pledges.select_related("purse").order_by("-id")),
        "manages": manages and sponsor.status == Sponsor.Status.ACTIVE,
        "pledge_form": PledgeForm(purses=selectors.foster_purses(person(request), managed=True)),
        "leave_form": LeaveForm(initial={"from_month": next_month}),
        "move_form": MoveForm(initial={"from_month": next_month}),
    }
    wrong = any(form.errors for form in asked.values())
    context["leaving"] = leaving
    return render(request, "sponsors/detail.html", context | asked, status=422 if wrong else 200)
