"""The calendar file: folded, escaped, and read back as it was."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from salawaku.notices.ics import CONTROL, END, Event, calendar, escape, fold

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)
ONE_LINE = TEXT.map(lambda text: CONTROL.sub("", text).replace("\n", "").replace("\t", ""))
STAMP = datetime(2026, 11, 25, tzinfo=UTC)


def unfold(text: str) -> str:
    """Content lines as a reader of calendars puts them together."""
    return text.replace(f"{END} ", "")


def unescape(value: str) -> str:
    """A value as a reader of calendars takes it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


@given(ONE_LINE)
def test_a_folded_line_is_short_whole_and_unfolds(line: str) -> None:
    folded = fold(line)
    assert unfold(folded) == line
    pieces = folded.encode().split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    for piece in pieces:
        piece.decode()  # no character was cut


def test_a_line_of_exactly_75_octets_stays_one() -> None:
    assert END not in fold("x" * 75)
    assert fold("x" * 76) == f"{'x' * 75}{END} x"
    assert fold("x" * 74 + "é") == f"{'x' * 74}{END} é"


@given(TEXT)
def test_an_escaped_text_is_one_line_and_comes_back(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    assert "\r" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", escaped)
    assert unescape(escaped) == CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_a_calendar_reads_back(texts: list[tuple[str, str]]) -> None:
    events = [
        Event(f"e{place}@salawaku", date(2026, 12, 31), summary, description)
        for place, (summary, description) in enumerate(texts)
    ]
    content = calendar(events, name="Salawaku", stamp=STAMP).decode()
    assert content.endswith(f"END:VCALENDAR{END}")
    assert "\n" not in content.replace(END, "")
    lines = unfold(content).split(END)
    assert [line for line in lines if line.startswith("UID:")] == [f"UID:{event.uid}" for event in events]
    summaries = [unescape(line.removeprefix("SUMMARY:")) for line in lines if line.startswith("SUMMARY:")]
    assert [escape(summary) for summary in summaries] == [escape(event.summary) for event in events]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events)


def test_an_event_is_a_whole_day_without_zone_and_reminder() -> None:
    event = Event(
        "bill-1@salawaku", date(2026, 12, 31), "Jatuh tempo; 1,5 juta", "baris\nbaris", "http://x.example/a?b=c"
    )
    lines = calendar([event], name="Salawaku", stamp=STAMP).decode().split(END)
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20261125T000000Z" in lines
    assert "SUMMARY:Jatuh tempo\\; 1\\,5 juta" in lines
    assert "DESCRIPTION:baris\\nbaris" in lines
    assert "URL:http://x.example/a?b=c" in lines
    assert not any("VALARM" in line or "TZID" in line for line in lines)
