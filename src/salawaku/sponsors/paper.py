"""The file of a power of attorney: what it may be, and how large."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.documents import TYPES, scan_kind
from salawaku.accounts.refusal import Refusal

MOST_BYTES = 5_000_000


class Paper(NamedTuple):
    """A file as it came."""

    name: str
    content: bytes


def kind_of(paper: Paper) -> str:
    """The media type of a paper. Refusal for anything but PDF, JPEG and PNG of at most 5 MB."""
    if len(paper.content) > MOST_BYTES:
        raise Refusal("pledge.paper_too_large", _("The power of attorney is larger than 5 MB. Nothing was saved."))
    if not (kind := scan_kind(paper.content)):
        raise Refusal("pledge.paper_kind", _("The power of attorney must be a PDF or a photo (JPG, PNG)."))
    return TYPES[kind]
