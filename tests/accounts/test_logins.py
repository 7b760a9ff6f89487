"""Six wrong passwords lock one person out at one address, and nobody else."""

from __future__ import annotations

from django.test import Client

PAGE = "/akun/login/"


def _try(email: str, password: str) -> int:
    return Client().post(PAGE, {"login": email, "password": password}).status_code


def test_mistakes_lock_out_the_person_and_not_the_office(sari, budi) -> None:
    for person in (sari, budi):
        person.set_password("laut-banda-8171")
        person.save()
    spellings = [sari.email, sari.email.upper(), f" {sari.email} "]
    answers = [_try(spellings[turn % 3], "wrong") for turn in range(7)]
    assert answers[-1] == 429
    assert _try(sari.email, "laut-banda-8171") == 429
    assert _try(budi.email, "laut-banda-8171") == 302
