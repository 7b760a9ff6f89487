"""Setting a PDF with Typst: the same template and facts give the same bytes in every year."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib import resources

import typst


def typeset(room: str, template: str, data: Mapping[str, object], *, day: date, tagged: bool = True) -> bytes:
    """The PDF of a template of a room, made as of `day`. Tags serve screen readers; they enlarge long lists."""
    return bytes(
        typst.compile(
            (resources.files(f"salawaku.{room}") / template).read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            ignore_system_fonts=True,
            pdf_tags=tagged,
            timestamp=datetime.combine(day, time(), UTC),
        )
    )
