"""Pages of the regions and their boundaries."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from salawaku.accounts.access import needs, person
from salawaku.regions import selectors
from salawaku.regions.actions import MAY_IMPORT, boundaries_import
from salawaku.regions.boundaries import LARGEST_FILE, UnreadableError
from salawaku.regions.models import Region
from salawaku.regions.wording import REASONS


class BoundaryForm(forms.Form):
    """A file with boundaries."""

    file = forms.FileField(
        label=gettext_lazy("GeoJSON file"),
        help_text=gettext_lazy("Each shape carries its region code, for example kode: 81.71.03.2001. At most 30 MB."),
    )


@needs("people.manage", "audit.view", "programme.view")
@require_GET
def region_list(request: HttpRequest) -> HttpResponse:
    """Look a region up by name or code."""
    text = request.GET.get("cari", "").strip()
    found = selectors.region_search(text, limit=50) if text else list(selectors.children(""))
    return render(request, "regions/region_list.html", {"regions": found, "text": text})


@needs("people.manage", "audit.view", "programme.view")
@require_GET
def region_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One region, those above and those below."""
    path = selectors.region_path(code)
    if not path or path[-1].code != code:
        raise Http404
    has_boundary = set(Region.objects.filter(parent_code=code, boundary__isnull=False).values_list("code", flat=True))
    below = [(region, region.code in has_boundary) for region in selectors.children(code)]
    return render(request, "regions/region_detail.html", {"region": path[-1], "above": path[:-1], "below": below})


@needs(*MAY_IMPORT)
@require_http_methods(["GET", "POST"])
def boundary_import(request: HttpRequest) -> HttpResponse:
    """Take the boundaries of a file."""
    form = BoundaryForm(request.POST or None, request.FILES or None)
    left_out: list[tuple[str, object]] = []
    if request.method == "POST" and form.is_valid():
        try:
            done = boundaries_import(by=person(request), content=form.cleaned_data["file"].read(LARGEST_FILE + 1))
        except UnreadableError as no:
            form.add_error("file", str(REASONS[no.code]))
        else:
            said = _("%(number)s regions have a boundary now.") % {"number": done.regions}
            messages.success(request, said)
            if not done.left_out:
                return redirect("region_list")
            left_out = [(what, REASONS[reason]) for what, reason in done.left_out]
    return render(request, "regions/boundary_import.html", {"form": form, "left_out": left_out})
