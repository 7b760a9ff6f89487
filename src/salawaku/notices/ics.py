"""Writing calendars (RFC 5545): all-day events without time zone, reminder or person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

LONGEST = 75  # octets of a line without its end (section 3.1)
END = "\r\n"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Event(NamedTuple):
    """Something on one day. `uid` stays the same as long as it is the same thing."""

    uid: str
    on: date
    summary: str
    description: str = ""
    url: str = ""


def escape(text: str) -> str:
    """A text as a value (section 3.3.11); line ends become one, other control characters go."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(ESCAPES)


def fold(line: str) -> str:
    """A content line cut into lines of at most 75 octets, never within a character; the next begin with a space."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return END.join(pieces)


def calendar(events: Iterable[Event], *, name: str, stamp: datetime) -> bytes:
    """A whole calendar; `stamp` is when the events were looked at, in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Salawaku//Salawaku//ID",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(name)}",
        *(line for event in events for line in _event(event, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{fold(line)}{END}" for line in lines).encode()


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escape(event.uid)}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escape(event.description)}"
    if event.url:
        yield f"URL:{CONTROL.sub('', event.url)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
