"""Compares what `salawaku intake check --json` found with a truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FIELDS = ("nik", "birth_date", "sex", "village")
SHOWN = 200

Row = dict[str, Any]
Key = tuple[str, str, int]


@dataclass
class Score:
    """Rows lost and invented, shares of agreement, and the first disagreements in words."""

    rows: int = 0
    lost: int = 0
    invented: int = 0
    scored: int = 0
    status_right: int = 0
    codes_scored: int = 0
    codes_right: int = 0
    fields_scored: int = 0
    fields_right: int = 0
    files_wrong: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def status_share(self) -> float:
        """Share of scored rows whose status is right; a lost row is wrong."""
        return _share(self.status_right, self.scored)

    @property
    def code_share(self) -> float:
        """Share of scored rows whose set of codes is right."""
        return _share(self.codes_right, self.codes_scored)

    @property
    def field_share(self) -> float:
        """Share of right values of NIK, birth date, sex and village on accepted and duplicate rows."""
        return _share(self.fields_right, self.fields_scored)

    @property
    def passed(self) -> bool:
        """Whether the shares reach what intake promises."""
        whole = not (self.lost or self.invented or self.files_wrong)
        return whole and self.status_share >= 0.998 and self.code_share >= 0.999 and self.field_share >= 0.9995

    def as_text(self) -> str:
        """The score in a few lines, with the differences after it."""
        head = (
            f"rows {self.rows} · lost {self.lost} · invented {self.invented} · files wrong {self.files_wrong}\n"
            f"status {self.status_share:.4%} · codes {self.code_share:.4%} · fields {self.field_share:.4%}"
        )
        return "\n".join([head, *self.differences])


def score(report: dict[str, Any], truth: dict[str, Any]) -> Score:
    """Score a report against a truth (ours, or a truth.json that names a CSV's sheet by its file stem)."""
    found = _rows_of_report(report)
    due = _rows_of_truth(truth)
    result = Score(rows=len(due))
    _score_files(report, truth, result)
    for key in sorted(found.keys() - due.keys()):
        result.invented += 1
        _tell(result, key, "invented", f"{found[key].get('status')} {found[key].get('name')!r}")
    for key, expected in due.items():
        _score_row(key, expected, found.get(key), result)
    return result


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _sheet_key(file: str, sheet: str) -> str:
    return "" if file.lower().endswith(".csv") else sheet


def _rows_of_report(report: dict[str, Any]) -> dict[Key, Row]:
    return {
        (file["file"], _sheet_key(file["file"], row["sheet"]), int(row["row"])): row
        for file in report["files"]
        for row in file.get("rows", ())
    }


def _rows_of_truth(truth: dict[str, Any]) -> dict[Key, Row]:
    rows: dict[Key, Row] = {}
    for file, expected in truth["files"].items():
        for place, row in expected.items():
            sheet, number = place.rsplit("!", 1)
            rows[file, _sheet_key(file, sheet), int(number)] = row
    return rows


def _score_files(report: dict[str, Any], truth: dict[str, Any], result: Score) -> None:
    found = {file["file"]: file for file in report["files"]}
    due = {file: {"status": "read", "codes": []} for file in truth["files"]} | truth.get("file_status", {})
    for name, expected in due.items():
        file = found.get(name)
        seen = (file["status"], sorted(file.get("codes", ()))) if file else ("missing", [])
        if seen != (expected["status"], sorted(expected["codes"])):
            result.files_wrong += 1
            result.differences.append(
                f"{name}: file expected {expected['status']} {expected['codes']}, got {seen[0]} {seen[1]}"
            )


def _score_row(key: Key, expected: Row, got: Row | None, result: Score) -> None:
    scored = expected["expect"] != "unscored"
    result.scored += scored
    if got is None:
        result.lost += 1
        # A lost row is wrong in everything that was due.
        result.codes_scored += scored and expected["codes"] is not None
        _tell(result, key, "lost", f"{expected['expect']} {expected['codes']}")
        return
    if not scored:
        return
    right = got["status"] == expected["expect"]
    result.status_right += right
    if not right:
        _tell(result, key, "status", f"expected {_outcome(expected, 'expect')}, got {_outcome(got, 'status')}")
    if expected["codes"] is not None:
        same = sorted(got["codes"]) == sorted(expected["codes"])
        result.codes_scored += 1
        result.codes_right += same
        if right and not same:
            _tell(result, key, "codes", f"expected {expected['codes']}, got {got['codes']}")
    if expected["expect"] in ("accepted", "duplicate"):
        _score_fields(key, expected["fields"], got, result)


def _score_fields(key: Key, fields: Row, got: Row, result: Score) -> None:
    for name in FIELDS:
        if name not in fields:
            continue
        result.fields_scored += 1
        if got.get(name) == fields[name]:
            result.fields_right += 1
        else:
            _tell(result, key, name, f"expected {fields[name]!r}, got {got.get(name)!r}")


def _outcome(row: Row, status: str) -> str:
    return f"{row[status]} {list(row['codes'] or ())}"


def _tell(result: Score, key: Key, what: str, text: str) -> None:
    if len(result.differences) < SHOWN:
        file, sheet, row = key
        result.differences.append(f"{file} [{sheet}] row {row}: {what}: {text}")
