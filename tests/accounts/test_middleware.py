"""What a signed-in person is shown stays in no cache."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("page", ["/", "/pekerja/", "/daftar/", "/program/", "/perlindungan/", "/nowhere/"])
def test_a_signed_in_persons_pages_stay_in_no_cache(client_of, sari, page: str) -> None:
    assert "no-store" in client_of(sari).get(page)["Cache-Control"]


def test_a_form_with_a_nul_is_refused_before_any_view(client_of, sari) -> None:
    """A view that reads a field by itself would hand it to PostgreSQL, which holds none."""
    assert client_of(sari).post("/pekerja/unduh/", {"cari": "a\x00b"}).status_code == 400
    assert client_of(sari).post("/pekerja/unduh/", {"cari": "ab"}).status_code == 200
