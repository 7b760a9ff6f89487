"""What answers of both kinds share: lines with their basis, how sure they are, the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salawaku.law.formula import Line
from salawaku.law.register import Confidence, Text


def answer(total: int, lines: Sequence[Line], part: str, sentence: Text, **more: Any) -> dict[str, Any]:
    """The fields of every answer; `part` is what a line's second name is called, "share" or "item"."""
    return {
        "total": total,
        "lines": [_line(line, part) for line in lines],
        **more,
        **sureness(lines),
        "explanation": sentence._asdict(),
    }


def sureness(lines: Sequence[Line]) -> dict[str, Any]:
    """The weakest confidence of all that the lines rest on, and which parameters are contested."""
    order = list(Confidence)
    found = [used for line in lines for used in line.basis]
    weakest = max((order.index(used.confidence) for used in found), default=0)
    contested = dict.fromkeys(used.parameter for used in found if used.contested)
    return {"confidence": order[weakest].value, "contested": list(contested)}


def _line(line: Line, part: str) -> dict[str, Any]:
    return {
        "program": line.key.program.value,
        part: line.key.part.value,
        "amount": line.amount,
        "basis": [used.as_json() for used in line.basis],
    }
