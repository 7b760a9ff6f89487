"""The first page of the settings, roles, and keys for machines."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts import actions, selectors
from salawaku.accounts.access import needs, person
from salawaku.accounts.forms import KeyForm, PermissionsForm
from salawaku.accounts.models import Role
from salawaku.accounts.permissions import PERMISSIONS
from salawaku.accounts.refusal import Refused


@needs()
@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """Which settings this person may open."""
    return render(request, "accounts/settings.html")


@needs("people.manage", "audit.view")
@require_GET
def role_list(request: HttpRequest) -> HttpResponse:
    """All roles with what they mean and how many people have them."""
    return render(request, "accounts/role_list.html", {"roles": selectors.roles_with_holders()})


@needs("people.manage", "audit.view")
@require_http_methods(["GET", "POST"])
def role_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What a role may do; administrators change it."""
    role = get_object_or_404(Role, pk=code)
    by = person(request)
    form = PermissionsForm(request.POST or None, initial={"permissions": role.permissions})
    if request.method == "POST" and form.is_valid():
        try:
            actions.role_change(by=by, role=role, permissions=form.cleaned_data["permissions"])
        except Refused as no:
            messages.error(request, str(no.message))
        else:
            messages.success(request, _("The role is changed, for everybody who has it."))
        return redirect("role_detail", role.pk)
    may = [sentence for permission, sentence in PERMISSIONS.items() if permission in role.permissions]
    context = {"role": role, "form": form, "may": may, "may_change": by.can("people.manage")}
    return render(request, "accounts/role_detail.html", context)


@needs()
@require_http_methods(["GET", "POST"])
def key_list(request: HttpRequest) -> HttpResponse:
    """One's own keys; a new one is shown once."""
    by, key = person(request), ""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _token, key = actions.token_make(by=by, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no.message))
        else:
            form = KeyForm()
    return render(request, "accounts/key_list.html", {"form": form, "key": key, "keys": by.tokens.all()})


@needs()
@require_POST
def key_revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End one's own key."""
    by = person(request)
    token = by.tokens.filter(public_id=public_id).first()
    if token is None:
        raise Http404
    actions.token_revoke(by=by, token=token)
    messages.success(request, _("The key is revoked."))
    return redirect("key_list")
