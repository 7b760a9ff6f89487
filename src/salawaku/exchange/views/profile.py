"""Pages of the columns of the registration file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.exchange import actions, selectors
from salawaku.exchange.forms import ColumnForms, ProfileForm, profile_data, profile_initial
from salawaku.exchange.profiles import profile_from, profile_read, profile_written
from salawaku.exchange.views.common import region

LARGEST = 200_000
VERSIONS = 20


@needs("exchange.send")
@require_http_methods(["GET", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """The columns as a form; a post keeps a new version."""
    code = region(request, "exchange.send")
    if request.method == "POST":
        return _save(request, code)
    profile, _version = selectors.profile_in_force(code)
    whole, columns = profile_initial(profile)
    return _page(request, code, ProfileForm(initial=whole), ColumnForms(initial=columns, prefix="c"))


def _save(request: HttpRequest, code: str) -> HttpResponse:
    form, columns = ProfileForm(request.POST), ColumnForms(request.POST, prefix="c")
    if not (form.is_valid() and columns.is_valid()):
        return _page(request, code, form, columns, status=422)
    try:
        profile = profile_from(profile_data(form, columns))
        actions.profile_set(by=person(request), region_code=code, profile=profile)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, code, form, columns, status=422)
    messages.success(request, _("The columns are kept. Files made before stay as they are."))
    return redirect("profile_edit")


def _page(request: HttpRequest, code: str, form: ProfileForm, columns: Any, *, status: int = 200) -> HttpResponse:
    profile, version = selectors.profile_in_force(code)
    context = {
        "form": form,
        "columns": columns,
        "version": version,
        "number": len(profile.columns),
        "versions": selectors.profile_versions(code)[:VERSIONS],
    }
    return render(request, "exchange/profile.html", context, status=status)


@needs("exchange.send")
@require_GET
def profile_download(request: HttpRequest) -> HttpResponse:
    """The columns as YAML."""
    profile, version = selectors.profile_in_force(region(request, "exchange.send"))
    return attachment(f"kolom-{version}.yaml", profile_written(profile).encode())


@needs("exchange.send")
@require_POST
def profile_upload(request: HttpRequest) -> HttpResponse:
    """Columns from a YAML file as a new version."""
    file = request.FILES.get("file")
    try:
        if file is None or not file.size or file.size > LARGEST:
            raise Refusal("profile.file", _("Choose a YAML file of up to 200 kB. Nothing was changed."))
        profile = profile_read(file.read().decode("utf-8-sig", errors="replace"))
        actions.profile_set(by=person(request), region_code=region(request, "exchange.send"), profile=profile)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The columns are kept. Files made before stay as they are."))
    return redirect("profile_edit")
