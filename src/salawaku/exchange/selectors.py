"""Reading what was exchanged, within the reader's own area."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Q, QuerySet

from salawaku.accounts.models import User
from salawaku.accounts.scoping import covers, elevated, in_scope
from salawaku.exchange.models import (
    Feedback,
    FileProfile,
    MatchBatch,
    MatchResult,
    Question,
    RegistrationBatch,
    RegistrationFile,
    RegistrationRow,
)
from salawaku.exchange.profiles import Profile, profile_from, shipped_profile
from salawaku.registry.models import Worker

MENDING = """
SELECT w.public_id, w.name, w.nik, p.worker_id, p.codes
FROM prepared p JOIN registry_worker w ON w.id = p.worker_id
WHERE (%(code)s = '' AND NOT p.clean OR %(code)s <> '' AND EXISTS (
         SELECT 1 FROM unnest(p.codes) AS code WHERE split_part(code, ':', 1) = %(code)s))
  AND p.worker_id > %(after)s
ORDER BY p.worker_id LIMIT %(limit)s
"""


class ToMend(NamedTuple):
    """One worker of the list to mend."""

    public_id: UUID
    name: str
    nik: str
    worker_id: int
    codes: list[str]


class Group(NamedTuple):
    """The workers whom BPJS rejected for one reason."""

    reason_code: str
    reason: str
    workers: int


def profile_in_force(region_code: str) -> tuple[Profile, int]:
    """The profile of a region and its version; the shipped one is version 0."""
    kept = FileProfile.objects.filter(region_code=region_code).order_by("-version").first()
    return (profile_from(kept.data), kept.version) if kept else (shipped_profile(), 0)


def profile_versions(region_code: str) -> QuerySet[FileProfile]:
    """Every version, the newest first."""
    return FileProfile.objects.filter(region_code=region_code).select_related("made_by").order_by("-version")


def to_mend(cursor: CursorWrapper, *, code: str = "", after: int = 0, limit: int = 51) -> list[ToMend]:
    """Rows of the table `prepared` that wait to be mended, or that carry one code; paged by the worker's id."""
    cursor.execute(MENDING, {"code": code, "after": after, "limit": limit})
    return [ToMend(*row) for row in cursor.fetchall()]


def _of_regions(user: User, permission: str) -> Q:
    wanted = Q(pk__in=[])
    for region in user.regions_where(permission, whole=True):
        wanted |= Q(region_code=region) | Q(region_code__startswith=f"{region}.")
    return wanted


def batches_for(user: User) -> QuerySet[RegistrationBatch]:
    """Batches of the user's regions with what became of them, the latest first."""

    def in_state(state: str) -> Count:
        return Count("rows", filter=Q(rows__state=state))

    found = RegistrationBatch.objects.filter(
        _of_regions(user, "exchange.send") | _of_regions(user, "exchange.receive")
    )
    return (
        found.annotate(waiting=in_state("sent"), registered=in_state("registered"), rejected=in_state("rejected"))
        .select_related("programme", "decree", "made_by")
        .order_by("-id")
    )


def batch_get(user: User, public_id: UUID) -> RegistrationBatch:
    """One of them; raises RegistrationBatch.DoesNotExist for others."""
    return batches_for(user).get(public_id=public_id)


def file_of(batch: RegistrationBatch) -> bytes:
    """The file of a batch, for whoever just made it on the command line."""
    with elevated("the maker of a file is handed the file"):
        return bytes(RegistrationFile.objects.get(batch=batch).content)


def batch_rows(
    batch: RegistrationBatch, *, state: str = "", after: int = 0, limit: int = 51
) -> list[RegistrationRow]:
    """Rows of a batch as far as the reader sees their workers; paged by id."""
    found = in_scope(RegistrationRow.objects.filter(batch=batch, pk__gt=after))
    found = found.filter(state=state) if state else found
    return list(found.select_related("worker", "purse").order_by("pk")[:limit])


def feedbacks_for(user: User) -> QuerySet[Feedback]:
    """Answer files of the user's regions with the questions still open, the latest first."""
    open_ones = Count("questions", filter=Q(questions__decided_at__isnull=True))
    found = Feedback.objects.filter(_of_regions(user, "exchange.receive"))
    return found.annotate(open=open_ones).select_related("made_by").order_by("-id")


def feedback_get(user: User, public_id: UUID) -> Feedback:
    """One of them; raises Feedback.DoesNotExist for others."""
    return feedbacks_for(user).get(public_id=public_id)


def questions_of(feedback: Feedback, *, kind: str = "", after: int = 0, limit: int = 51) -> list[Question]:
    """Questions of an answer, the open ones first within the order of the file; paged by id."""
    found = in_scope(Question.objects.filter(feedback=feedback, pk__gt=after))
    found = found.filter(kind=kind) if kind else found
    return list(found.select_related("worker", "decided_by").order_by("pk")[:limit])


def questions_open(user: User) -> int:
    """How many questions wait for this person's decision."""
    feedbacks = Feedback.objects.filter(_of_regions(user, "exchange.receive"))
    return in_scope(Question.objects.filter(feedback__in=feedbacks, decided_at__isnull=True)).count()


def question_counts(feedback: Feedback) -> list[tuple[str, str, int, int]]:
    """Each kind with its words, how many there are and how many are open."""
    open_ones = Count("pk", filter=Q(decided_at__isnull=True))
    rows = (
        in_scope(Question.objects.filter(feedback=feedback)).values("kind").annotate(all=Count("pk"), open=open_ones)
    )
    found = {row["kind"]: (row["all"], row["open"]) for row in rows}
    return [(kind, str(label), *found[kind]) for kind, label in Question.Kind.choices if kind in found]


def rejected_rows(user: User) -> QuerySet[RegistrationRow]:
    """Whom BPJS rejected and who has neither been sent again nor got a number since."""
    regions = user.regions_where("exchange.receive", whole=True) + user.regions_where("exchange.send", whole=True)
    later = RegistrationRow.objects.filter(state__in=["sent", "registered"]).values("worker_id")
    wanted = Q(pk__in=[])
    for region in set(regions):
        wanted |= Q(village_code=region) | Q(village_code__startswith=f"{region}.")
    found = in_scope(RegistrationRow.objects.filter(wanted, state=RegistrationRow.State.REJECTED))
    return found.filter(worker__participant_number="", worker__status=Worker.Status.LIVING).exclude(worker__in=later)


def rejected_groups(user: User) -> list[Group]:
    """The reasons by number of workers."""
    rows = rejected_rows(user).values("reason_code", "reason").annotate(workers=Count("worker_id", distinct=True))
    return [Group(**row) for row in rows.order_by("-workers", "reason_code", "reason")]


def matches_for(user: User) -> QuerySet[MatchBatch]:
    """Batches for Dukcapil of the user's regions, the latest first."""
    found = MatchBatch.objects.filter(_of_regions(user, "dukcapil.match"))
    return found.select_related("made_by", "programme").order_by("-id")


def match_get(user: User, public_id: UUID) -> MatchBatch:
    """One of them; raises MatchBatch.DoesNotExist for others."""
    return matches_for(user).get(public_id=public_id)


def match_rows(batch: MatchBatch, *, result: str, after: int = 0, limit: int = 51) -> list[MatchResult]:
    """Whom Dukcapil answered so for; paged by id."""
    found = in_scope(MatchResult.objects.filter(batch=batch, result=result, pk__gt=after))
    return list(found.select_related("worker").order_by("pk")[:limit])


def deaths_to_confirm(user: User, *, limit: int = 51) -> list[MatchResult]:
    """Living workers whose latest result says that they died: a person confirms each one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (r.worker_id) r.id FROM exchange_matchresult r
               JOIN registry_worker w ON w.id = r.worker_id AND w.status = 'living'
               WHERE r.worker_id IN (SELECT worker_id FROM exchange_matchresult WHERE result = 'dead')
                 AND r.result IS NOT NULL
               ORDER BY r.worker_id, r.result_on DESC, r.id DESC"""
        )
        latest = [key for (key,) in cursor.fetchall()]
    batches = matches_for(user).values("pk")
    found = in_scope(MatchResult.objects.filter(pk__in=latest, result="dead", batch__in=batches))
    return list(found.select_related("worker", "batch").order_by("result_on", "pk")[:limit])


def latest_match(worker: Worker) -> MatchResult | None:
    """The last answer of Dukcapil for a worker, as far as the reader sees it."""
    found = in_scope(MatchResult.objects.filter(worker=worker, result__isnull=False))
    return found.select_related("batch").order_by("-result_on", "-pk").first()


def region_of(user: User, permission: str, home: str) -> str:
    """The region a person exchanges files for: the home region where they may, else the first of their own."""
    regions = user.regions_where(permission, whole=True)
    return home if not regions or any(covers(region, home) for region in regions) else regions[0]
