"""What stands in the addresses of the exchange room: made at the first question, for the marked worker."""

from __future__ import annotations

from datetime import date

from salawaku.accounts.scoping import elevated
from salawaku.exchange.models import (
    Feedback,
    MatchBatch,
    MatchResult,
    Question,
    RegistrationBatch,
    RegistrationFile,
    RegistrationRow,
)
from tests.house.world import PASSO, World


def batch(world: World) -> RegistrationBatch:
    """A registration that was rejected."""
    programme = world.decree.programme
    made, new = RegistrationBatch.objects.get_or_create(
        programme=programme,
        defaults={
            "region_code": "81.71", "first_month": date(2026, 1, 1), "profile": {"name": "Uji"}, "profile_version": 0,
            "sha256": "0" * 64, "sent": 1, "left_out": 0, "made_by": world.people["sari"],
        },
    )  # fmt: skip
    if new:
        with elevated("a test fills every table"):
            RegistrationRow.objects.create(
                batch=made, worker=world.worker, purse=programme.purses.first(),
                first_month=date(2026, 1, 1), months=3,
                state="rejected", reason="Usia", reason_code="reason.age", answered_at=made.made_at,
                village_code=PASSO,
            )  # fmt: skip
            RegistrationFile.objects.create(batch=made, name="uji.csv", content=b"nik", village_code="81.71")
    return made


def feedback(world: World) -> Feedback:
    """An answer that was taken in."""
    defaults = {"rows": 1, "made_by": world.people["sari"]}
    return Feedback.objects.get_or_create(region_code="81.71", sha256="0" * 64, defaults=defaults)[0]


def question(world: World) -> Question:
    """A row of it that nobody decided yet."""
    with elevated("a test fills every table"):
        return Question.objects.get_or_create(
            feedback=feedback(world), row=3, kind="number_differs", worker=world.worker,
            defaults={"participant_number": "26000000001", "village_code": PASSO},
        )[0]  # fmt: skip


def match(world: World) -> MatchBatch:
    """A batch whose answer says that the worker died."""
    made, new = MatchBatch.objects.get_or_create(
        agreement_number="1/PKS",
        defaults={
            "region_code": "81.71", "agreement_date": date(2026, 1, 5), "purpose": "uji", "workers": 1,
            "sha256": "0" * 64, "made_by": world.people["sari"],
        },
    )  # fmt: skip
    if new:
        with elevated("a test fills every table"):
            MatchResult.objects.create(
                batch=made, worker=world.worker, result="dead", result_on=date(2026, 2, 1), village_code=PASSO
            )
    return made
