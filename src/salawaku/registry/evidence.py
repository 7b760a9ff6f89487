"""Which file may stand beside a declaration: told by its first bytes, never by its name."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.registry.models.declaration import LARGEST_EVIDENCE

HEADS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


class Evidence(NamedTuple):
    """A file that may be kept: its bytes, what it is and its hash."""

    content: bytes
    type: str
    sha256: str


def evidence_of(content: bytes) -> Evidence:
    """The file, known to be a photo or a PDF. Refusal `evidence.too_large`, `evidence.type`."""
    if len(content) > LARGEST_EVIDENCE:
        raise Refusal("evidence.too_large", _("The file is larger than 5 MB. Take a smaller photo and send that."))
    for head, kind in HEADS.items():
        if content.startswith(head):
            return Evidence(content, kind, sha256(content).hexdigest())
    raise Refusal("evidence.type", _("Only a photo (JPEG, PNG) or a PDF can be kept as evidence."))
