"""Cases in, answers out, as `salawaku law evaluate` has them: plain dictionaries, in the same order.

A case that cannot be computed answers with an error and the others go on. The fields are in
docs/reference/law.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from salawaku.law import answer_benefits, answer_contributions
from salawaku.law.answer_benefits import benefit_answer
from salawaku.law.answer_contributions import contribution_answer
from salawaku.law.errors import MissingError, NotAllowedError, one_of
from salawaku.law.fields import CaseError, Fields, invalid, missing
from salawaku.law.force import law_now
from salawaku.law.register import OutsideValidityError, Register, Text

Answering = Callable[[Fields, Register], dict[str, Any]]
KINDS: dict[str, tuple[Answering, frozenset[str]]] = {
    "contribution": (contribution_answer, answer_contributions.FIELDS),
    "benefit": (benefit_answer, answer_benefits.FIELDS),
}


def evaluate(cases: Sequence[Any], *, law: Register | None = None) -> list[dict[str, Any]]:
    """The answer to each case."""
    law = law or law_now()
    return [_evaluate(case, law) for case in cases]


def _evaluate(case: Any, law: Register) -> dict[str, Any]:
    if not isinstance(case, Mapping):
        fault = CaseError("case.invalid", Text("Setiap kasus ditulis sebagai objek.", "Each case is an object."))
        return {"id": None, "error": _as_json(fault)}
    try:
        return {"id": case.get("id"), **_answer(Fields(case), law)}
    except CaseError as fault:
        return {"id": case.get("id"), "error": _as_json(fault)}


def _answer(fields: Fields, law: Register) -> dict[str, Any]:
    kind = fields.raw("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise invalid("kind", kind, one_of(KINDS))
    answering, known = KINDS[kind]
    answer = _told(lambda: answering(fields, law))
    ignored = fields.beside(known)
    return answer | ({"ignored": ignored} if ignored else {})


def _told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the engine refuses, in the words of the fields."""
    try:
        return work()
    except OutsideValidityError as outside:
        raise _outside(outside) from None
    except MissingError as need:
        raise missing(need.field) from None
    except NotAllowedError as refused:
        raise invalid(refused.field, refused.value, refused.wanted) from None


def _outside(outside: OutsideValidityError) -> CaseError:
    when = f"{outside.day:%Y-%m-%d}"
    return CaseError(
        "outside_validity",
        Text(
            f"{outside.parameter} tidak diketahui untuk {when}. Pilih tanggal lain, atau lengkapi parameternya.",
            f"{outside.parameter} is not known for {when}. Choose another date, or complete the parameter.",
        ),
    )


def _as_json(fault: CaseError) -> dict[str, str]:
    return {"code": fault.code, "message": fault.message.id, "message_en": fault.message.en}
