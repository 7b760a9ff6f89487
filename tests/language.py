"""For rooms whose tests compare messages: outside of requests they stand in their source language.

A conftest that imports `in_english` makes it so for its folder.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """English outside of requests."""
    with translation.override("en"):
        yield
