"""One purse: its terms, what became of its money, and changing the terms."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.law import Sector
from salawaku.programmes import actions, selectors
from salawaku.programmes.bars import purse_bars
from salawaku.programmes.models import Purse
from salawaku.programmes.purse_forms import PurseChangeForm
from salawaku.programmes.purse_outlook import purse_outlook, reliefs_of, stays_unused
from salawaku.programmes.purse_terms import terms_of
from salawaku.regions.models import Region
from salawaku.registry.models import Occupation


@needs("programme.view")
@require_GET
def purse_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The terms of a purse, its money so far and to December."""
    programmes = selectors.programmes_for(person(request))
    found = Purse.objects.filter(programme__in=programmes).select_related("programme")
    purse = get_object_or_404(found, public_id=public_id)
    managed = selectors.programmes_managed_by(person(request))
    today = timezone.localdate()
    context = {
        "purse": purse,
        "programme": purse.programme,
        "manages": managed.filter(pk=purse.programme_id).exists(),
        "bars": purse_bars([purse]),
        "outlook": purse_outlook(purse, today=today),
        "is_alert": stays_unused(purse, today=today),
        "reliefs": [(span, span.sector is Sector.TRANSPORT) for span in reliefs_of(purse)],
        "regions": Region.objects.filter(pk__in=purse.regions).order_by("code"),
        "occupations": Occupation.objects.filter(pk__in=purse.occupations),
    }
    return render(request, "programmes/purse_detail.html", context)


@needs("programme.manage")
@require_http_methods(["GET", "POST"])
def purse_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the terms, with the reason."""
    managed = selectors.programmes_managed_by(person(request))
    found = Purse.objects.filter(programme__in=managed).select_related("programme")
    purse = get_object_or_404(found, public_id=public_id)
    terms = terms_of(purse)
    form = PurseChangeForm(
        request.POST if request.method == "POST" else None,
        programme=purse.programme,
        chosen=tuple(purse.regions),
        initial={name: getattr(terms, name) for name in terms.__slots__},
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.purse_change(
                by=person(request), purse=purse, terms=form.terms(), reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, changed, _("The terms were saved. What is decided already stays as decided."))
            return redirect("purse_detail", public_id=public_id)
    context = {"purse": purse, "programme": purse.programme, "form": form}
    return render(request, "programmes/purse_change.html", context, status=422 if form.errors else 200)


def tell(request: HttpRequest, purse: Purse, done: str) -> None:
    """Say what was done to a purse, and what to think over."""
    messages.success(request, done)
    for warning in purse.warnings:
        messages.warning(request, str(warning))
