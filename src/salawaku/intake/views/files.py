"""The page of lists: what is there, what waits, and sending new ones."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from salawaku.accounts.access import needs, person
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.intake import actions, jobs, listing
from salawaku.intake.engine.template_workbook import write_template
from salawaku.intake.forms import FilterForm, UploadForm
from salawaku.intake.models import ListFile
from salawaku.intake.senders import Sender, file_senders, sender_choices, sender_titles, villages_near
from salawaku.intake.uploads import too_large
from salawaku.intake.views.common import READ, file_url, is_partial, uuid_in
from salawaku.registry.models import Occupation

CHOSEN = "intake_sender"  # the session keeps whom a person sent for last


@needs(*READ)
@require_GET
def files(request: HttpRequest) -> HttpResponse:
    """All lists of the area, the newest first."""
    upload = UploadForm(user=person(request), initial={"sender": request.session.get(CHOSEN, "")})
    context = _context(request, upload) | {"is_oob": is_partial(request)}
    return render(request, "intake/parts/files.html" if is_partial(request) else "intake/files.html", context)


@needs("intake.load")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take lists in; each is checked as a job whose progress stays when the page is left."""
    if request.method == "GET":
        return redirect(reverse("intake_list", fragment="send"))
    user = person(request)
    form = UploadForm(request.POST, request.FILES, user=user)
    refused = too_large(request)
    for name in refused:
        messages.error(request, _too_large(name))
    taken: list[ListFile] = []
    if form.is_valid():
        request.session[CHOSEN] = form.cleaned_data["sender"].key
        taken = _take_all(request, user, form)
    elif not refused and not is_partial(request):
        return render(request, "intake/files.html", _context(request, form), status=422)
    elif not refused:
        for text in [text for several in form.errors.values() for text in several]:
            messages.error(request, str(text))
    return _go(request, file_url(taken[0]) if len(taken) == 1 and not refused else reverse("intake_list"))


@needs("intake.load")
@require_GET
def blank(request: HttpRequest) -> HttpResponseBase:
    """The empty list of one sender."""
    chosen = Sender.of(request.GET.get("sender", ""))
    allowed = {key for _group, members in sender_choices(person(request)) for key, _title in members}
    if chosen.key not in allowed:
        raise Http404
    title = sender_titles([chosen])[chosen]
    own = len(chosen.village_code) == 13
    villages = [title] if own else [region.title for region in villages_near(chosen.village_code)]
    occupations = Occupation.objects.filter(vulnerable=True).order_by("name_id").values_list("name_id", flat=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "templat.xlsx"
        write_template(path, sender=title, villages=villages, occupations=list(occupations))
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"daftar-{slugify(title)}.xlsx")


def _context(request: HttpRequest, upload: UploadForm) -> dict[str, Any]:
    filters = _filter_form(request)
    wanted = listing.ListFilter(**filters.codes())
    shown, after = listing.files_page(wanted, before=uuid_in(request, "before"))
    senders = file_senders(shown)
    lines = [(file, senders[Sender(file.village_code, file.agency_code)], listing.is_busy(file)) for file in shown]
    return {
        "upload": upload if person(request).can("intake.load") else None,
        "filters": filters,
        "chips": _chips(filters, wanted),
        "lines": lines,
        "is_busy": any(busy for _file, _sender, busy in lines),
        "waiting": listing.files_waiting(),
        "is_first": not (lines or wanted.codes() or request.GET.get("before")),
        "next_url": _url(wanted, before=str(after)) if after else "",
        "first_url": _url(wanted) if request.GET.get("before") else "",
    }


def _take_all(request: HttpRequest, user: User, form: UploadForm) -> list[ListFile]:
    taken = []
    for content in form.cleaned_data["lists"]:
        try:
            taken.append(_take(user, form.cleaned_data["sender"], content))
        except Refusal as refusal:
            messages.error(request, _("%(name)s: %(why)s") % {"name": content.name, "why": refusal})
    if len(taken) > 1:
        said = _("%(number)s lists were received and are being checked. You may leave this page.")
        messages.success(request, said % {"number": len(taken)})
    return taken


def _take(user: User, sender: Sender, content: UploadedFile[Any]) -> ListFile:
    with transaction.atomic():
        file = actions.file_receive(
            by=user,
            name=content.name or "",
            content=content.file,  # type: ignore[arg-type]  # an uploaded file reads as bytes
            village_code=sender.village_code,
            agency_code=sender.agency_code,
        )
        jobs.enqueue_check(by=user, file=file)
    return file


def _too_large(name: str) -> str:
    return _(
        "%(name)s is larger than 100 MB, so it was not taken. Copy the list into a new workbook without pictures,"
        " then send it again. The other files are not affected."
    ) % {"name": name}


def _filter_form(request: HttpRequest) -> FilterForm:
    titles = sender_titles(listing.senders_seen())
    options = sorted(((sender.key, title) for sender, title in titles.items()), key=lambda one: one[1])
    return FilterForm(request.GET, senders=options)


def _chips(form: FilterForm, wanted: listing.ListFilter) -> list[dict[str, str]]:
    chips = []
    for name, value in wanted.codes().items():
        label = dict(form.fields[name].choices)[value]  # type: ignore[attr-defined]
        rest = {key: kept for key, kept in wanted.codes().items() if key != name}
        chips.append({"label": str(label), "remove_url": reverse("intake_list", query=rest or None)})
    return chips


def _url(wanted: listing.ListFilter, **more: str) -> str:
    return reverse("intake_list", query=wanted.codes() | more or None)


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """Where to go next; the script that shows the progress of sending is told in its own way."""
    context: Any = request
    return HttpResponseClientRedirect(url) if context.htmx else redirect(url)
