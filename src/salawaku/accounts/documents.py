"""Documents that people upload or take out: what a file is, told by its first bytes, and how it is handed out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SIGNS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
ENDINGS = {kind: ending for ending, kind in TYPES.items()}


def scan_kind(content: bytes) -> str:
    """`pdf`, `jpg` or `png`, whatever the file's name says; "" for anything else."""
    return next((kind for sign, kind in SIGNS.items() if content.startswith(sign)), "")


def attachment(name: str, content: bytes) -> HttpResponse:
    """A file to keep, of the type that its ending says, which no cache may keep as well."""
    answer = HttpResponse(content, content_type=TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer
