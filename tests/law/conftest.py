"""Each test works the law out anew: none leans on what another left in the memory of the register."""

from __future__ import annotations

import pytest

from salawaku import law


@pytest.fixture(autouse=True)
def worked_out_anew() -> None:
    law.law_now().formulas.clear()
