"""Taking lists in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.intake import storage
from salawaku.intake.actions import file_check, file_withdraw
from salawaku.intake.actions import receive as receiving
from salawaku.intake.models import ListFile
from tests.intake.people import people, workbook

pytestmark = pytest.mark.django_db


def stored_files(settings) -> list[Path]:
    return sorted((Path(settings.MEDIA_ROOT) / "lists").iterdir())


def test_a_list_is_stored_under_a_random_name_with_its_event(receive, sari, settings) -> None:
    file = receive(sari, people(1, 2))
    [kept] = stored_files(settings)
    assert kept == storage.path_of(file.stored)
    assert "daftar" not in kept.name
    assert kept.stat().st_mode & 0o077 == 0
    with acting_as(sari):
        assert AuditEvent.objects.get(kind="file.received").subject_id == str(file.public_id)


def test_a_list_whose_check_never_ended_is_taken_up_again(receive, sari, rina) -> None:
    file = receive(sari, people(1, 2))
    assert receive(sari, people(1, 2)).pk == file.pk
    with pytest.raises(Refusal):
        receive(rina, people(1, 2), village="81.71.04.2003")


def test_the_same_content_is_taken_once_whoever_sends_it(checked, receive, sari, rina, settings) -> None:
    checked(sari, people(1, 2))
    for sender, village in ((sari, "81.71"), (rina, "81.71.04.2003")):
        with pytest.raises(Refusal) as refusal:
            receive(sender, people(1, 2), village=village)
        assert refusal.value.code == "file.repeated"
    with elevated("the test looks at everything"):
        assert ListFile.objects.count() == 1
    assert len(stored_files(settings)) == 1


def test_a_withdrawn_list_can_be_sent_again(receive, sari) -> None:
    file = receive(sari, people(1, 2))
    with acting_as(sari):
        file_withdraw(by=sari, file=file)
    assert receive(sari, people(1, 2)).pk != file.pk


def test_a_refused_list_is_given_back_to_its_sender_only(receive, sari, rina_far, settings) -> None:
    content = b"no list at all"
    file = receive(sari, BytesIO(content))
    with acting_as(sari):
        assert file_check(by=sari, file=file).status == "refused"
    assert receive(sari, BytesIO(content)).pk == file.pk
    with pytest.raises(Refusal, match="sudah pernah dikirim"):
        receive(rina_far, BytesIO(content), village="81.01")
    assert len(stored_files(settings)) == 1


def test_a_sender_stays_within_the_own_scope(receive, agency_rina, tono, settings) -> None:
    assert receive(agency_rina, people(1, 1), agency="dinas_perikanan").agency_code == "dinas_perikanan"
    for village, agency in (("81.71", ""), ("81.71", "dinas_sosial"), ("81.01", "dinas_perikanan")):
        with pytest.raises(Refusal) as refusal:
            receive(agency_rina, people(2, 2), village=village, agency=agency)
        assert refusal.value.code == "file.sender"
    with pytest.raises(Refusal):
        receive(tono, people(3, 3))
    assert len(stored_files(settings)) == 1


def test_a_huge_file_is_refused_and_leaves_nothing(receive, sari, settings, monkeypatch) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", 100)
    with pytest.raises(Refusal) as refusal:
        receive(sari, workbook(people(1, 2)))
    assert refusal.value.code == "file.unreadable"
    assert stored_files(settings) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Daftar\\Negeri Passo.xlsx", "Negeri_Passo.xlsx"), ("...", "daftar"),
        ("", "daftar"), (".hidden.csv", "hidden.csv"), ("<script>.xlsx", "script.xlsx"), ("x" * 400, "x" * 200),
    ],
)  # fmt: skip
def test_file_names_are_made_harmless(sent, kept) -> None:
    assert storage.get_valid_name(sent) == kept
