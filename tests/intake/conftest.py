"""What tests of intake need: lists that are checked at once, and a short way to send one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as
from salawaku.intake.actions import file_check, file_confirm, file_receive
from salawaku.intake.models import ListFile
from tests.intake.people import workbook

AS_OF = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path) -> None:
    """Jobs run when the transaction ends, files lie in a folder of the test."""
    settings.JOBS_IN_QUEUE = False
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def receive() -> Callable[..., ListFile]:
    """`receive(sari, rows)` takes a list in."""

    def take(
        by: User, rows: list[dict[str, str]] | BytesIO, *, note: str = "", village: str = "81.71", agency: str = ""
    ):
        content = rows if isinstance(rows, BytesIO) else workbook(rows, note)
        with acting_as(by):
            return file_receive(
                by=by, name="daftar.xlsx", content=content, village_code=village, agency_code=agency, as_of=AS_OF
            )

    return take


@pytest.fixture
def checked(receive) -> Callable[..., ListFile]:
    """`checked(sari, rows)` takes a list in and checks it."""

    def check(by: User, rows: list[dict[str, str]], **more: str) -> ListFile:
        file = receive(by, rows, **more)
        with acting_as(by):
            return file_check(by=by, file=file)

    return check


@pytest.fixture
def confirmed(checked) -> Callable[..., ListFile]:
    """`confirmed(sari, rows)` carries a list into the register."""

    def confirm(by: User, rows: list[dict[str, str]], **more: str) -> ListFile:
        file = checked(by, rows, **more)
        with acting_as(by):
            return file_confirm(by=by, file=file)

    return confirm
