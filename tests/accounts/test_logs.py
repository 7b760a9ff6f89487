"""No person in logs and error reports."""

import logging
import sys

import pytest
from django.conf import settings
from django.test import override_settings
from django.views.debug import get_exception_reporter_class

from salawaku.accounts.logs import BlotFormatter, ReportFilter, blotted


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("NIK 8171040101800001 ganda", "NIK ••• ganda"),
        ("'8171.0401.0180.0001'", "'•••'"),
        ("8171 0401 0180 0001", "•••"),
        ("mail to sari.uji+x@ambon.example failed", "mail to ••• failed"),
        ("row 12 of 25000, Rp16800", "row 12 of 25000, Rp16800"),
        ("sha256 a8171040101800001f", "sha256 a8171040101800001f"),
        ("2026-11-22 02:35:23", "2026-11-22 02:35:23"),
    ],
)
def test_numbers_and_addresses_are_blotted(text, kept):
    assert blotted(text) == kept


def test_arguments_and_tracebacks_are_blotted_too():
    try:
        raise ValueError("8171040101800001")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "nik %s", ("8171040101800002",), sys.exc_info())
    line = BlotFormatter().format(record)
    assert "81710401" not in line
    assert "ValueError: •••" in line


def test_the_site_logs_through_it():
    formatter = settings.LOGGING["formatters"]["plain"]["class"]
    assert formatter == f"{BlotFormatter.__module__}.{BlotFormatter.__name__}"


@override_settings(DEBUG=True)
@pytest.mark.urls("tests.accounts.failing_urls")
def test_error_pages_show_no_person_even_while_debugging(client):
    client.raise_request_exception = False
    answer = client.post("/fail", {"name": "Marthen Rahasia", "nik": "8171040101800001"})
    assert answer.status_code == 500
    for secret in (b"Marthen", b"81710401", b"Rahasia"):
        assert secret not in answer.content


def test_reports_show_names_of_variables_alone(rf):
    request = rf.post("/?q=8171040101800003", {"nik": "8171040101800001"})
    try:
        worker = "81710401" + "01800002"
        raise ValueError(f"Key (nik)=({worker}) already exists.")
    except ValueError:
        reporter = get_exception_reporter_class(request)(request, *sys.exc_info())
    for report in (reporter.get_traceback_text(), reporter.get_traceback_html()):
        assert "Key (nik)=(•••)" in report
        for number in "123":
            assert f"817104010180000{number}" not in report


def test_there_may_be_no_request():
    assert ReportFilter().get_post_parameters(None) == {}
    assert ReportFilter().is_active(None)
