"""No person in a log or an error report: numbers and addresses are blotted out, forms are never printed."""

from __future__ import annotations

import logging
import re
from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

# A NIK, family card (16) or NIP (18 digits), also with dots or spaces in it, and an e-mail address.
SECRETS = re.compile(r"(?<![0-9a-f])\d(?:[ .-]?\d){15}(?:(?:[ .-]?\d){2})?(?![0-9a-f])|[\w.+-]+@[\w-]+\.[\w.-]+")
BLOT = "•••"


def blotted(text: str) -> str:
    """The text without identity numbers and addresses."""
    return SECRETS.sub(BLOT, text)


class BlotFormatter(logging.Formatter):
    """Blots the finished line, so that arguments and tracebacks are covered as well as the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may be kept."""
        return blotted(super().format(record))


class ReportFilter(SafeExceptionReporterFilter):
    """Error reports, also with debugging on, show neither what was sent nor what the code had in its hands."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always: rows about persons stand in variables while debugging too."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """The names of the fields alone."""
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request is not None else {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        """The names of the variables alone."""
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()


class Reporter(ExceptionReporter):
    """What is left, such as a database message that quotes a value, is blotted in the finished report."""

    def get_traceback_html(self) -> SafeString:
        """The page."""
        return SafeString(blotted(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        """The text."""
        return SafeString(blotted(super().get_traceback_text()))
