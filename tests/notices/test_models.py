"""What the database refuses, whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from salawaku.accounts.models import User
from salawaku.notices.models import CalendarFeed, Notice, NoticePreference

pytestmark = pytest.mark.django_db


def note(user: User, **fields: Any) -> Notice:
    given = {"kind": "bill_due", "key": "x", "region_code": "81.71", "link": "/", "facts": {}, **fields}
    return Notice.objects.create(recipient=user, **given)


def execute(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_one_thing_is_told_to_one_person_once(sari: User, budi: User) -> None:
    note(sari)
    note(budi)
    with pytest.raises(IntegrityError, match="notice_once"), transaction.atomic():
        note(sari)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("""facts = '{"x": "8171039911223344"}'""", "notice_holds_no_nik"),
        ("""facts = '{"x": 8171039911223344}'""", "notice_holds_no_nik"),
        ("""facts = '{"8171039911223344": 1}'""", "notice_holds_no_nik"),
        ("link = 'https://example.org/'", "notice_link_is_ours"),
        ("link = '//example.org/'", "notice_link_is_ours"),
        ("mail = 'sent', claimed_at = now()", "notice_emailed_at_a_time"),
        ("emailed_at = now()", "notice_emailed_at_a_time"),
        ("mail = 'sending'", "notice_claimed_before"),
        ("by_hand_at = now()", "notice_by_hand_by_somebody"),
    ],
)
def test_raw_sql_is_refused(sari: User, change: str, constraint: str) -> None:
    notice = note(sari)
    with pytest.raises(IntegrityError, match=constraint):
        execute(f"UPDATE notices_notice SET {change} WHERE id = %s", notice.pk)
    execute("""UPDATE notices_notice SET facts = '{"x": 817103991122334}' WHERE id = %s""", notice.pk)


@pytest.mark.parametrize("back", ["waiting", "sending", "none", "failed"])
@pytest.mark.parametrize("gone", ["sent", "unclear"])
def test_what_has_left_never_waits_again(sari: User, gone: str, back: str) -> None:
    emailed = "now()" if gone == "sent" else "NULL"
    notice = note(sari, mail="waiting")
    execute(
        f"UPDATE notices_notice SET mail = %s, claimed_at = now(), emailed_at = {emailed} WHERE id = %s",
        gone, notice.pk,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="notices_notice"):
        execute("UPDATE notices_notice SET mail = %s, emailed_at = NULL WHERE id = %s", back, notice.pk)
    execute("UPDATE notices_notice SET read_at = now() WHERE id = %s", notice.pk)


def test_one_calendar_of_a_person_is_in_force(sari: User) -> None:
    CalendarFeed.objects.create(user=sari, digest="a")
    with pytest.raises(IntegrityError, match="feed_in_force_once"), transaction.atomic():
        CalendarFeed.objects.create(user=sari, digest="b")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("phone = '0812'", "preference_phone_is_whole"),
        ("phone = '+6281234567890'", "preference_phone_is_whole"),
        ("language = 'xx'", "preference_language_is_ours"),
        ("rhythm = 'hourly'", "preference_rhythm_is_known"),
    ],
)
def test_wishes_that_are_none_are_refused(sari: User, change: str, constraint: str) -> None:
    NoticePreference.objects.create(user=sari)
    with pytest.raises(IntegrityError, match=constraint):
        execute(f"UPDATE notices_noticepreference SET {change}")
