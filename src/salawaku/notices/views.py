"""Pages of the notices room."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.notices import actions, selectors
from salawaku.notices.forms import preference_form
from salawaku.notices.kinds import kinds_of
from salawaku.notices.models import Notice


@needs()
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """One's own notices, the unread first."""
    user = person(request)
    shown, after = selectors.notice_page(user, after=request.GET.get("after", ""))
    context = {
        "shown": shown,
        "next_url": f"?after={after}" if after else "",
        "unread": selectors.unread_count(user),
        "mail_is_set_up": selectors.mail_is_set_up(),
        "last_run": selectors.last_run(),
        "today": timezone.localdate(),
    }
    return render(request, "notices/notice_list.html", context)


@needs()
@require_POST
def notice_open(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark a notice as read and go where it leads."""
    notice = _mine(request, public_id)
    actions.notice_read(by=person(request), notice=notice)
    return redirect(notice.link)


@needs()
@require_POST
def notice_dismiss(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a notice away."""
    actions.notice_dismiss(by=person(request), notice=_mine(request, public_id))
    messages.success(request, _("The notice is put away."))
    return redirect("notice_list")


@needs()
@require_POST
def notices_read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    actions.notices_read_all(by=person(request))
    return redirect("notice_list")


@needs()
@require_http_methods(["GET", "POST"])
def notice_preferences(request: HttpRequest) -> HttpResponse:
    """What one is told, and when."""
    user = person(request)
    wish = selectors.preference_of(user)
    form = preference_form(wish, request.POST or None, kinds=kinds_of(user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.preference_set(by=user, **form.wishes(wish))
        except Refusal as refusal:
            form.add_error("phone" if refusal.code == "notice.phone" else None, str(refusal))
        else:
            messages.success(request, _("Your wishes are kept."))
            return redirect("notice_preferences")
    context = {"form": form, "mail_is_set_up": selectors.mail_is_set_up(), "email": user.email}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@needs("programme.manage")
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """Texts for village operators, to send by hand."""
    after = request.GET.get("after", "")
    number = int(after) if after.isdecimal() and len(after) < 19 else 0
    rows, following = selectors.outbox(person(request), today=timezone.localdate(), after=number)
    context = {"rows": rows, "next_url": f"?after={following}" if following else ""}
    return render(request, "notices/outbox.html", context)


@needs("programme.manage")
@require_POST
def outbox_sent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note that the text for a colleague was sent by hand."""
    by, today = person(request), timezone.localdate()
    recipient = get_object_or_404(User, public_id=public_id)
    if not selectors.hand_notices(by, today=today).filter(recipient=recipient).exists():
        raise Http404
    try:
        actions.notices_sent_by_hand(by=by, recipient=recipient, today=today)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is written down that you sent it."))
    return redirect("outbox")


def _mine(request: HttpRequest, public_id: UUID) -> Notice:
    try:
        return selectors.notice_get(person(request), public_id)
    except Notice.DoesNotExist as missing:
        raise Http404 from missing
