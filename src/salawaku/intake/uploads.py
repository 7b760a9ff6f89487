"""Stopping a file that is far too large while it arrives, before it fills the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from salawaku.intake.actions.receive import MOST_BYTES


class SizeGuard(FileUploadHandler):
    """Lets a file through until it is larger than any list; then the rest is read past and nothing is kept.

    The names of such files stand in `request.META["too_large"]`, for the page that has to say so.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count anew for each file."""
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the chunk on, or give the file up."""
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            if self.request is not None:
                self.request.META.setdefault("too_large", []).append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers below make the file."""


def too_large(request: HttpRequest) -> list[str]:
    """The names of the files that were given up; to be asked after the files were read."""
    return list(request.META.get("too_large", []))
