"""Tests of accounts read what actions say in English, whether or not the translations are compiled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Texts of actions in the language of the code; pages still choose their own."""
    with translation.override("en"):
        yield
