"""What several pages of intake need."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from salawaku.intake import selectors
from salawaku.intake.models import ListFile, ListRow
from salawaku.intake.senders import Sender, file_senders

READ = ("intake.load", "intake.confirm")


def file_or_404(public_id: UUID) -> ListFile:
    """A list of the person's area."""
    try:
        return selectors.file_get(public_id)
    except ListFile.DoesNotExist as missing:
        raise Http404 from missing


def row_or_404(file: ListFile, row_id: int) -> ListRow:
    """A row of a list of the person's area."""
    try:
        return selectors.row_get(file, row_id)
    except ListRow.DoesNotExist as missing:
        raise Http404 from missing


def sender_of(file: ListFile) -> str:
    """The sender's title."""
    return file_senders([file])[Sender(file.village_code, file.agency_code)]


def file_url(file: ListFile, **query: str | int) -> str:
    """The page of a list, with the tab and filters that are not empty."""
    return reverse("intake_file", args=[file.public_id], query={k: v for k, v in query.items() if v} or None)


def uuid_in(request: HttpRequest, name: str) -> UUID | None:
    """A key from the address; anything that is none counts as not given."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def number_in(request: HttpRequest, name: str) -> int:
    """A row's key from the address; anything that is none counts as the beginning."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def is_partial(request: HttpRequest) -> bool:
    """Whether only a part of the page is asked for."""
    return bool(request.htmx) and not request.htmx.boosted  # type: ignore[attr-defined]  # django-htmx
