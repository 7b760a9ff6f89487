"""People who log in: the list, and one person with roles."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts import actions, selectors
from salawaku.accounts.access import needs, person
from salawaku.accounts.forms import GiveForm, PersonForm, ReasonForm
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refused
from salawaku.regions.models import Region
from salawaku.regions.selectors import region_search


@needs("people.manage")
@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody the administrator looks after."""
    text, closed = request.GET.get("cari", "").strip(), "tutup" in request.GET
    found = selectors.people(person(request), text=text, closed=closed)
    shown, after = selectors.people_page(found, after=_uuid(request.GET.get("setelah", "")))
    context = {"people": shown, "number": found.count(), "after": after, "text": text, "closed": closed}
    return render(request, "accounts/people_list.html", context)


@needs("people.manage")
@require_http_methods(["GET", "POST"])
def person_open(request: HttpRequest) -> HttpResponse:
    """Open an account and send the invitation."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.user_open(by=person(request), **form.cleaned_data)
            actions.user_invite(by=person(request), user=user, request=request)
        except Refused as no:
            form.add_error(None, str(no.message))
        else:
            messages.success(request, _("The account is open and the invitation sent. Now give a role."))
            return redirect("person_detail", user.public_id)
    return render(request, "accounts/person_open.html", {"form": form})


@needs("people.manage")
@require_GET
def person_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account with its roles."""
    return _page(request, _found(request, public_id))


@needs("people.manage")
@require_POST
def person_give(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a role."""
    user = _found(request, public_id)
    form = GiveForm(request.POST, regions=list(Region.objects.filter(pk=request.POST.get("region_code", ""))))
    if not form.is_valid():
        return _page(request, user, form=form)
    given = form.cleaned_data
    agency = given["agency"].pk if given["agency"] else ""
    return _do(
        request, user, actions.role_give, _("The role is given."),
        user=user, role=given["role"].pk, region_code=given["region_code"], agency_code=agency,
    )  # fmt: skip


@needs("people.manage")
@require_POST
def person_take(request: HttpRequest, public_id: UUID, given_id: int) -> HttpResponse:
    """Take a role away."""
    user = _found(request, public_id)
    given = user.assignments.filter(pk=given_id).first()
    if given is None:
        raise Http404
    return _do(request, user, actions.role_take, _("The role is taken away."), given=given)


@needs("people.manage")
@require_POST
def person_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close the account."""
    user = _found(request, public_id)
    reason = request.POST.get("reason", "")[:200]
    return _do(request, user, actions.user_close, _("The account is closed."), user=user, reason=reason)


@needs("people.manage")
@require_POST
def person_reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    user = _found(request, public_id)
    return _do(request, user, actions.user_reopen, _("The account is open again. Send an invitation."), user=user)


@needs("people.manage")
@require_POST
def person_invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the mail with which the person sets a password."""
    user = _found(request, public_id)
    return _do(request, user, actions.user_invite, _("The invitation is sent."), user=user, request=request)


def _do(
    request: HttpRequest, shown: User, action: Callable[..., object], done: str, /, **values: object
) -> HttpResponse:
    try:
        action(by=person(request), **values)
    except Refused as no:
        messages.error(request, str(no.message))
    else:
        messages.success(request, done)
    return redirect("person_detail", shown.public_id)


def _page(request: HttpRequest, user: User, *, form: GiveForm | None = None) -> HttpResponse:
    by = person(request)
    text = request.GET.get("cari", "").strip()
    own = by.regions_where("people.manage", whole=True)
    regions = [region for area in own for region in region_search(text, within=area)] if text else []
    regions = regions or list(Region.objects.filter(pk__in=own))
    context = {
        "person": user,
        "given": user.assignments.select_related("role").order_by("region_code"),
        "form": form or GiveForm(regions=regions),
        "reason": ReasonForm(),
        "text": text,
        "is_oneself": user.pk == by.pk,
    }
    return render(request, "accounts/person_detail.html", context)


def _found(request: HttpRequest, public_id: UUID) -> User:
    try:
        return selectors.person_get(person(request), public_id)
    except User.DoesNotExist as error:
        raise Http404 from error


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
