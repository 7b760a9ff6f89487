"""Starting Django only for the commands that need it, so that `intake check --no-register` needs no database."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def with_django(command: Callable[P, R]) -> Callable[P, R]:
    """Set Django up before the command runs."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salawaku.settings")
        import django

        django.setup()
        return command(*args, **kwargs)

    return run
