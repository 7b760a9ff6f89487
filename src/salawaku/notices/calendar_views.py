"""The calendar: its settings, and the address that calendars of others read."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from salawaku.accounts.access import needs, person
from salawaku.notices import actions, agenda


@needs()
@require_http_methods(["GET", "POST"])
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """The own calendar; a post makes its address anew and shows it once."""
    user, address = person(request), ""
    if request.method == "POST":
        _feed, secret = actions.feed_make(by=user)
        address = _here(request, reverse("calendar_feed", args=[secret]))
    feed = user.calendar_feeds.filter(revoked_at=None).first()
    return render(request, "notices/calendar.html", {"feed": feed, "address": address})


def _here(request: HttpRequest, path: str) -> str:
    """The address as the person reaches the site now, which is the one that the calendar will reach."""
    return f"http{'s' if settings.HTTPS else ''}://{request.get_host()}{path}"


@needs()
@require_POST
def calendar_revoke(request: HttpRequest) -> HttpResponse:
    """End the own calendar's address."""
    if actions.feed_revoke(by=person(request)):
        messages.success(request, _("The address is ended: nobody reads your calendar any more."))
    return redirect("calendar_settings")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar of whoever holds the secret address; no log-in, 404 for any other. 304 where nothing changed."""
    user = actions.feed_read(secret=token)
    if user is None:
        raise Http404
    content = agenda.calendar_of(user, today=timezone.localdate())
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"ETag": etag})
    answer = get_conditional_response(request, etag=etag, response=answer) or answer
    patch_cache_control(answer, private=True, no_cache=True)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
