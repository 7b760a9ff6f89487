"""Which file may stand beside a declaration: told by its first bytes, never by its name."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.documents import TYPES, scan_kind
from salawaku.accounts.refusal import Refusal
from salawaku.registry.models.declaration import LARGEST_EVIDENCE


class Evidence(NamedTuple):
    """A file that may be kept: its bytes, what it is and its hash."""

    content: bytes
    type: str
    sha256: str


def evidence_of(content: bytes) -> Evidence:
    """The file, known to be a photo or a PDF. Refusal `evidence.too_large`, `evidence.type`."""
    if len(content) > LARGEST_EVIDENCE:
        raise Refusal("evidence.too_large", _("The file is larger than 5 MB. Take a smaller photo and send that."))
    if not (kind := scan_kind(content)):
        raise Refusal("evidence.type", _("Only a photo (JPEG, PNG) or a PDF can be kept as evidence."))
    return Evidence(content, TYPES[kind], sha256(content).hexdigest())
