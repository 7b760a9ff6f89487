"""Messages are compared in their source language."""

from tests.language import in_english

__all__ = ["in_english"]
