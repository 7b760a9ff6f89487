"""What a signed-in person is shown stays in no cache."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("page", ["/", "/pekerja/", "/daftar/", "/program/", "/perlindungan/", "/nowhere/"])
def test_a_signed_in_persons_pages_stay_in_no_cache(client_of, sari, page: str) -> None:
    assert "no-store" in client_of(sari).get(page)["Cache-Control"]
