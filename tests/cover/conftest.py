"""Messages are compared in their source language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """English outside of requests."""
    with translation.override("en"):
        yield
