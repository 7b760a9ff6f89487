"""Files at once: real concurrent transactions."""

from __future__ import annotations

import pytest
from django.db import connection

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.exchange.actions import registration_send
from salawaku.exchange.actions.registration import Wanted
from salawaku.exchange.models import Feedback, Question, RegistrationBatch, RegistrationRow
from salawaku.registry.models import Worker
from tests.cover.test_concurrency import together
from tests.exchange.conftest import decreed, sound
from tests.exchange.test_feedback import KPJ, take
from tests.programmes.city import programme, purse

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def test_two_files_at_once_send_nobody_twice(sari: User) -> None:
    here = programme()
    purse(here, ceiling=1_000_000_000)
    decreed(here, *(sound(n) for n in range(1, 21)))
    done = together(*[lambda: registration_send(by=sari, wanted=Wanted(here))] * AT_ONCE)
    assert [one.code for one in done if isinstance(one, Refusal)] == ["registration.nobody"] * (AT_ONCE - 1)
    with elevated("a test counts"):
        assert (RegistrationBatch.objects.count(), RegistrationRow.objects.count()) == (1, 20)


def test_one_answer_at_once_is_taken_once(sari: User) -> None:
    worker = sound(1)
    content = f"NIK;KPJ\n{worker.nik};{KPJ}\n".encode()
    done = together(*[lambda: take(content, by=sari, name="a.csv")] * AT_ONCE)
    assert sorted(one.is_new for one in done) == [False] * (AT_ONCE - 1) + [True]
    assert Feedback.objects.count() == 1


def test_answers_at_once_never_give_one_number_to_two_workers(sari: User) -> None:
    workers = [sound(n) for n in range(1, AT_ONCE + 1)]
    files = [f"NIK;KPJ\n{worker.nik};{KPJ}\n".encode() for worker in workers]
    together(*(lambda content=content: take(content, by=sari, name="a.csv") for content in files))
    with elevated("a test counts"):
        assert Worker.objects.filter(participant_number=KPJ).count() == 1
        assert Question.objects.filter(kind="number_taken").count() == AT_ONCE - 1
    connection.close()
