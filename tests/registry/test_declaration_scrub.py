"""A copy of the database says of nobody what was declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from salawaku.accounts.scoping import elevated
from salawaku.accounts.scrub import scrub_database
from salawaku.registry.actions import Declared, declaration_add
from salawaku.registry.models import Declaration, Worker


@pytest.mark.django_db(transaction=True)
def test_what_was_declared_is_made_harmless_with_its_file(worker: Callable[..., Worker]) -> None:
    one = worker(1)
    said = Declared(
        declared_by="Raja Uji", declared_on=date(2026, 1, 5), works_as="nelayan", works_at="Pantai Uji",
        gravely_ill=True, assistance=("PKH",), residence_since=date(2020, 1, 1), employment="none",
    )  # fmt: skip
    with elevated("a test declares"):
        declaration_add(by=None, worker=one, declared=said, evidence=b"%PDF- Raja Uji")
    assert scrub_database()["registry_declaration"] == 1
    with elevated("a test looks"):
        left = Declaration.objects.get()
    assert left.declared_by.startswith("Nama ")
    assert (left.works_as, left.works_at, left.gravely_ill, left.assistance) == ("", "", None, None)
    assert (left.evidence, left.evidence_type, left.evidence_sha256) == (None, "", "")
    assert left.declared_on == date(2026, 1, 5)
