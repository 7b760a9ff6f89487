"""What BPJS answered: numbers set, reasons kept, everything unsure asked about."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.exchange.actions import feedback_import, question_settle, registration_send
from salawaku.exchange.actions.feedback import FeedbackResult
from salawaku.exchange.actions.registration import Wanted
from salawaku.exchange.models import Question, RegistrationRow
from salawaku.exchange.selectors import rejected_groups, rejected_rows
from salawaku.programmes.models import Programme
from salawaku.registry.actions import participant_numbers_set
from salawaku.registry.models import Worker
from tests.exchange.conftest import AMBON, decreed, sound

pytestmark = pytest.mark.django_db
KPJ = "02600000001"


def workbook(*rows: Sequence[object], heading: Sequence[str] = ("NO", "NIK", "KPJ", "STATUS", "KETERANGAN")) -> bytes:
    """An answer as the branch sends it: a title, a heading, the rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["HASIL PENDAFTARAN"])
    sheet.append(list(heading))
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take(
    content: bytes, *, by: User | None = None, name: str = "jawaban.xlsx", region: str = AMBON
) -> FeedbackResult:
    return feedback_import(by=by, region_code=region, file_name=name, content=content)


def told(result: FeedbackResult) -> dict[str, int]:
    return {name: n for name, n in result.as_json().items() if n and name not in {"rows", "repeated_file"}}


def number_of(worker: Worker) -> str:
    with elevated("a test looks"):
        return Worker.objects.get(pk=worker.pk).participant_number


def state_of(worker: Worker) -> str:
    with elevated("a test looks"):
        return RegistrationRow.objects.filter(worker=worker).latest("pk").state


@pytest.fixture
def sent(here: Programme, sari: User) -> list[Worker]:
    """Four workers who were sent and wait."""
    workers = [sound(n) for n in range(1, 5)]
    decreed(here, *workers)
    registration_send(by=sari, wanted=Wanted(here))
    return workers


def test_accepted_and_rejected(sent: list[Worker], branch: User) -> None:
    one, two, three, four = sent
    content = workbook(
        [1, one.nik, KPJ, "DITERIMA", ""],
        [2, two.nik, "", "DITOLAK", "NIK tidak padan dengan Dukcapil 8171031705850002"],
        [3, three.nik, "", "", ""],
        ["", "", "", "", "Ambon, 12 Januari 2026"],
    )
    result = take(content, by=branch)
    assert told(result) == {"registered": 1, "rejected": 1, "no_answer": 1}
    assert result.as_json()["rows"] == 3
    assert (number_of(one), number_of(two)) == (KPJ, "")
    assert [state_of(worker) for worker in sent] == ["registered", "rejected", "sent", "sent"]
    with acting_as(branch):
        [group] = rejected_groups(branch)
        assert group == ("reason.nik", "Nik tidak padan dengan dukcapil •", 1)
        event = AuditEvent.objects.get(kind="worker.numbered")
        assert (event.actor, event.detail["workers"]) == ("Petugas Cabang", 1)
        assert one.history.count() == 2
    assert four.nik not in str(result.as_json())


def test_the_same_file_again_changes_nothing(sent: list[Worker], branch: User) -> None:
    content = workbook([1, sent[0].nik, KPJ, "DITERIMA", ""], [2, "8171039901010009", "", "DITOLAK", "usia"])
    first = take(content, by=branch)
    again = take(content, by=branch, name="lain.xlsx")
    assert (first.is_new, again.is_new, again.feedback.pk) == (True, False, first.feedback.pk)
    assert again.as_json()["registered"] == 1
    with elevated("a test looks"):
        assert Question.objects.count() == 1
        assert AuditEvent.objects.filter(kind="feedback.imported").count() == 1
    other = take(workbook([1, sent[0].nik, KPJ, "DITERIMA", ""]))
    assert told(other) == {"known_before": 1}


def test_a_semicolon_csv_with_a_mark(sent: list[Worker]) -> None:
    content = f"\ufeffNo;Nomor KPJ;N I K;NIK;Hasil\n1;{KPJ};;{sent[0].nik};Berhasil\n".encode()
    assert told(take(content, name="jawaban.csv")) == {"registered": 1}
    assert number_of(sent[0]) == KPJ


def test_a_number_cell_that_lost_its_zeros_is_told(sent: list[Worker]) -> None:
    result = take(
        workbook([1, sent[0].nik, 2_600_000_001, "DITERIMA", ""], [2, sent[1].nik, 26_000_000_022, "OK", ""])
    )
    assert told(result) == {"registered": 1, "number_damaged": 1}
    assert (number_of(sent[0]), number_of(sent[1])) == ("", "26000000022")
    with elevated("a test looks"):
        assert Question.objects.get().participant_number == "2600000001"
    assert state_of(sent[0]) == "sent"


@pytest.mark.parametrize("nik", [8171031705850001, 8.17103170585e15, "8.17103E+15", "8,17103E+15"])
def test_a_nik_that_lost_its_last_digit_refuses_the_file(sent: list[Worker], nik: object) -> None:
    with pytest.raises(Refusal, match="Row 4 holds the NIK as a number") as refused:
        take(workbook([1, sent[1].nik, KPJ, "DITERIMA", ""], [2, nik, "26000000022", "DITERIMA", ""]))
    assert refused.value.code == "answer.nik_precision_lost"
    assert number_of(sent[1]) == ""


def test_a_kpj_in_e_form_is_asked_about(sent: list[Worker]) -> None:
    content = f"NIK,KPJ\n{sent[0].nik},2.6E+10\n".encode()
    assert told(take(content, name="a.csv")) == {"number_damaged": 1}


def test_numbers_are_never_written_over(sent: list[Worker]) -> None:
    one, two, three, four = sent
    with elevated("a test sets numbers"):
        Worker.objects.filter(pk=one.pk).update(participant_number="26000000011")
        sound(9, village_code="81.01.01.2001", participant_number="26000000099")
    result = take(
        workbook(
            [1, one.nik, "26000000012", "DITERIMA", ""],
            [2, two.nik, "26000000099", "DITERIMA", ""],
            [3, three.nik, "26000000033", "DITERIMA", ""],
            [4, four.nik, "26000000033", "DITERIMA", ""],
        )
    )
    assert told(result) == {"number_differs": 1, "number_taken": 1, "number_twice": 2}
    assert [number_of(worker) for worker in sent] == ["26000000011", "", "", ""]


def test_a_rejection_that_contradicts_is_asked_about(sent: list[Worker]) -> None:
    unsent = sound(8)
    take(workbook([1, sent[0].nik, KPJ, "DITERIMA", ""]))
    result = take(workbook([1, sent[0].nik, "", "GAGAL", "x"], [2, unsent.nik, "", "GAGAL", "x"]))
    assert told(result) == {"contradicts": 1, "not_sent": 1}
    assert (number_of(sent[0]), state_of(sent[0])) == (KPJ, "registered")


def test_one_nik_twice(sent: list[Worker]) -> None:
    result = take(
        workbook(
            [1, sent[0].nik, KPJ, "DITERIMA", ""],
            [2, sent[0].nik, KPJ, "DITERIMA", ""],
            [3, sent[1].nik, "26000000022", "DITERIMA", ""],
            [4, sent[1].nik, "", "DITOLAK", "usia"],
            [5, "817103", "26000000055", "DITERIMA", ""],
            [6, sent[2].nik, "", "DITERIMA", ""],
        )
    )
    assert told(result) == {
        "registered": 1,
        "repeated": 1,
        "two_answers": 2,
        "nik_invalid": 1,
        "number_missing": 1,
    }
    assert result.feedback.rows == sum(told(result).values())


def test_a_worker_of_another_region_is_unknown(sent: list[Worker], branch: User, rina_far: User) -> None:
    far = sound(9, village_code="81.01.01.2001")
    assert told(take(workbook([1, far.nik, KPJ, "DITERIMA", ""]), by=branch)) == {"unknown_nik": 1}
    assert number_of(far) == ""
    with elevated("a test looks"):
        question = Question.objects.get()
        assert (question.worker, question.village_code, question.nik) == (None, AMBON, far.nik)
    with acting_as(rina_far):
        assert not Question.objects.exists()
    with pytest.raises(Refusal, match="not yours"):
        take(workbook([1, far.nik, KPJ, "DITERIMA", ""]), by=rina_far)


def test_who_may_only_look_takes_nothing_in(sent: list[Worker], dewi: User, rina: User) -> None:
    for stranger in (dewi, rina):
        with pytest.raises(Refusal, match="not yours"):
            take(workbook([1, sent[0].nik, KPJ, "DITERIMA", ""]), by=stranger)


def test_a_file_that_cannot_be_trusted(sent: list[Worker]) -> None:
    for content, code in (
        (b"nothing", "answer.columns"),
        (b"", "answer.unreadable"),
        (workbook([1, sent[0].nik, KPJ, "KUNING", ""]), "feedback.status_unknown"),
    ):
        with pytest.raises(Refusal) as refused:
            take(content)
        assert refused.value.code == code
    with pytest.raises(Refusal, match="no region"):
        take(b"", region="99.99")


def test_an_accepted_after_a_rejection(sent: list[Worker], sari: User, here: Programme) -> None:
    take(workbook([1, sent[0].nik, "", "DITOLAK", "Usia di atas 65"]))
    with acting_as(sari):
        assert [row.worker_id for row in rejected_rows(sari)] == [sent[0].pk]
    registration_send(by=sari, wanted=Wanted(here))  # mended, sent again
    with acting_as(sari):
        assert not rejected_rows(sari).exists()
    assert told(take(workbook([1, sent[0].nik, KPJ, "DITERIMA", ""]))) == {"registered": 1}
    assert state_of(sent[0]) == "registered"


class TestQuestions:
    """What a person decides."""

    @pytest.fixture
    def question(self, sent: list[Worker]) -> Question:
        """The worker has another number than BPJS told."""
        with elevated("a test sets a number"):
            Worker.objects.filter(pk=sent[0].pk).update(participant_number="26000000011")
        take(workbook([1, sent[0].nik, KPJ, "DITERIMA", ""]))
        with elevated("a test looks"):
            return Question.objects.get()

    def test_the_number_of_bpjs_is_taken(self, sent: list[Worker], branch: User, question: Question) -> None:
        with acting_as(branch):
            done = question_settle(by=branch, question=question, decision="Kartu dilihat", take=True)
            assert (done.taken, done.decided_by) == (True, branch)
            with pytest.raises(Refusal, match="settled before"):
                question_settle(by=branch, question=question, decision="lagi")
        assert (number_of(sent[0]), state_of(sent[0])) == (KPJ, "registered")

    def test_ours_stays(self, sent: list[Worker], sari: User, question: Question) -> None:
        with acting_as(sari):
            with pytest.raises(Refusal, match="what was done"):
                question_settle(by=sari, question=question, decision=" ")
            question_settle(by=sari, question=question, decision="KPJ lama masih berlaku")
        assert number_of(sent[0]) == "26000000011"

    def test_not_while_another_has_it(self, sent: list[Worker], sari: User, question: Question) -> None:
        with elevated("a test sets a number"):
            Worker.objects.filter(pk=sent[1].pk).update(participant_number=KPJ)
        with acting_as(sari), pytest.raises(Refusal, match="Another worker has this KPJ"), transaction.atomic():
            question_settle(by=sari, question=question, decision="x", take=True)
        assert number_of(sent[0]) == "26000000011"

    def test_strangers_decide_nothing(self, rina_far: User, question: Question) -> None:
        with acting_as(rina_far), pytest.raises(Question.DoesNotExist):
            question_settle(by=rina_far, question=question, decision="x")

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM exchange_question",
            "DELETE FROM exchange_feedback",
            "UPDATE exchange_question SET taken = true",
            "UPDATE exchange_question SET decided_at = now()",
            "UPDATE exchange_question SET village_code = ''",
            "INSERT INTO exchange_feedback (public_id, region_code, sha256, rows, counts, made_at)"
            " SELECT gen_random_uuid(), region_code, sha256, 1, '{}', now() FROM exchange_feedback",
        ],
    )
    def test_raw_sql_bends_nothing(self, question: Question, statement: str) -> None:
        with (
            elevated("a test tries to break it"),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_nothing_to_take_from_an_unknown_nik(sent: list[Worker], sari: User) -> None:
    take(workbook([1, "8171039901010009", KPJ, "DITERIMA", ""]))
    with acting_as(sari), pytest.raises(Refusal, match="no number to take"):
        question_settle(by=sari, question=Question.objects.get(), decision="x", take=True)


def test_the_action_itself_writes_over_nothing(sent: list[Worker], here: Programme) -> None:
    one, two = sent[:2]
    with elevated("a test sets a number"):
        Worker.objects.filter(pk=one.pk).update(participant_number="26000000011")
        for numbers, code in (
            ({one.pk: KPJ, two.pk: "26000000022"}, "worker.number_changed"),
            ({two.pk: "26000000011"}, "worker.number_taken"),
            ({one.pk: KPJ, two.pk: KPJ}, "worker.number_twice"),
            ({two.pk: ""}, "worker.number_twice"),
            ({0: KPJ}, "worker.number_changed"),
        ):
            with pytest.raises(Refusal) as refused, transaction.atomic():
                participant_numbers_set(by=None, numbers=numbers, source=here, region_code=AMBON)
            assert refused.value.code == code
    assert (number_of(one), number_of(two)) == ("26000000011", "")
