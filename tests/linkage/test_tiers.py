"""The decision tiers, one rule at a time, and what holds for every list."""

from __future__ import annotations

import time
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salawaku.linkage.tiers import DECISION, LIMIT, RECORD, link, record_key, record_keys
from tests.linkage.town import Town, frame, inhabit

NIK = "8171031809842703"
NEAR = "8171031809842743"
TURNED = "8171031809847203"
NEIGHBOUR = "8171031809842704"
OTHER = "8171031809846611"
FAR = "8106022406701234"
BORN = date(1984, 9, 18)
TURNED_DATE = date(1984, 8, 9)
PASSO, NANIA = "81.71.03.2001", "81.71.03.2005"

FIRST = {"nik": NIK, "name": "Faisal Idris Lating", "birth_date": BORN, "sex": "M", "village": PASSO}


def records(*rows: dict[str, object]) -> pl.DataFrame:
    full = [{"id": number, **FIRST, **row} for number, row in enumerate(rows, 1)]
    return pl.DataFrame(full, schema=RECORD)


def tier(*rows: dict[str, object], **known: pl.DataFrame) -> tuple[str, str, int] | None:
    """What is found for the last row: tier, side and id of the other."""
    findings = link(records(*rows), **known).filter(pl.col("id") == len(rows))
    return findings.select("tier", "other_side", "other_id").row(0) if findings.height else None


@pytest.mark.parametrize(
    "second",
    [
        {},
        {"birth_date": date(1990, 1, 1)},
        {"birth_date": None, "village": None, "sex": None},
        {"name": "FAISAL LATING"},
        {"name": "Faisl Idris Lating"},
        {"name": "Faisal Idris Latuconsina"},
        {"name": "Faisal"},
        {"name": "Drs. H. Faisal Idris Lating, S.Pd", "village": NANIA},
        {"name": "Faisal Idris Latuconsina", "birth_date": date(1984, 9, 19)},
    ],
)
def test_same_nik_and_agreeing_name_is_the_same_person(second: dict[str, object]) -> None:
    assert tier({}, second) == ("same", "run", 1)


@pytest.mark.parametrize(
    "second",
    [
        {"name": "Irfan Latukau", "birth_date": date(1990, 5, 19)},
        {"name": "Maria Lating", "birth_date": date(1990, 5, 19)},
        {"name": "Irfan Latukau"},
        {"name": "Faisal", "birth_date": date(1990, 5, 19)},
        {"name": "Irfan Latukau", "birth_date": None},
    ],
)
def test_same_nik_and_another_persons_name_is_a_conflict(second: dict[str, object]) -> None:
    assert tier({}, second) == ("conflict", "run", 1)


def test_same_nik_and_birth_date_under_a_half_agreeing_name_is_for_a_person() -> None:
    assert tier({}, {"name": "Farhan Idris Lating"}) == ("probable", "run", 1)


@pytest.mark.parametrize(
    "second",
    [
        {"nik": NEAR, "name": "Faisal Idirs Lating"},
        {"nik": NEAR, "village": NANIA},
        {"nik": NEAR, "village": None},
        {"nik": TURNED, "name": "Faisal Lating"},
        {"nik": NEIGHBOUR},
        {"nik": "8171041809842703"},
        {"nik": "8171031809842703"[:6] + "190984" + "2703"},
        {"nik": "8171030809842703", "birth_date": TURNED_DATE},
        {"nik": NEAR, "birth_date": TURNED_DATE.replace(day=18)},
        {"nik": NEAR, "name": "Faisal Idris Tuasikal"},
        {"nik": None},
        {"nik": None, "name": "Moh. Faisal Idris Lating"},
        {"nik": None, "birth_date": date(1984, 9, 19)},
        {"nik": "not a number yet"},
        {"nik": OTHER},
        {"nik": FAR},
        {"nik": FAR, "name": "Faisal Lating"},
    ],
)
def test_probable(second: dict[str, object]) -> None:
    assert tier({}, second) == ("probable", "run", 1)


@pytest.mark.parametrize(
    "second",
    [
        {"nik": FAR, "village": NANIA},
        {"nik": FAR, "village": None},
        {"nik": FAR, "birth_date": date(1984, 9, 19)},
        {"nik": FAR, "sex": "F"},
        {"nik": None, "village": NANIA},
        {"nik": None, "name": "Faisal Idris Tuasikal"},
        {"nik": None, "sex": "F"},
        {"nik": None, "birth_date": None, "village": None},
        {"nik": NEAR, "name": "Fauzan Idris Lating"},
        {"nik": NEAR, "name": "Faisal Lating", "birth_date": date(1970, 1, 1)},
        {"nik": NEIGHBOUR, "name": "Faisal Idris Tuasikal"},
        {"nik": NEIGHBOUR, "birth_date": date(1984, 9, 19)},
        {"name": ""},
        {"name": None},
    ],
)
def test_somebody_else(second: dict[str, object]) -> None:
    assert tier({}, second) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rina Patty", "Rini Patty"),
        ("Marlin Patty", "Marlon Patty"),
        ("Hasan Patty", "Husein Patty"),
        ("Tirano Patty", "Tirani Patty"),
        ("Warto Patty", "Wario Patty"),
        ("Yanti Maria Patty", "Yani Maria Patty"),
        ("Maria Patty", "Marta Patty"),
        ("Denis Patty", "Benyamin Denis Patty"),
        ("Abdul Rahman Patty", "Abdul Rahim Patty"),
        ("Rina", "Rini"),
        ("Siti Aminah", "Siti Aisyah"),
        ("Muhammad Patty", "Muhammad Ali Patty"),
    ],
)
@pytest.mark.parametrize("nik", [NEIGHBOUR, OTHER, None])
def test_twins_stay_two(one: str, other: str, nik: str | None) -> None:
    assert tier({"name": one}, {"name": other, "nik": nik}) is None


def test_twins_of_two_sexes_may_have_nearly_one_name() -> None:
    girl = {"name": "Tiranina Patty", "nik": "8171035809842703", "sex": "F"}

    assert tier({"name": "Tiranin Patty"}, girl) is None
    assert tier({"name": "Tiranin Patty"}, {**girl, "sex": "M"}) == ("probable", "run", 1)


def test_of_several_the_nearest_is_shown() -> None:
    assert tier({"nik": FAR}, {"nik": NEAR}, {}) == ("probable", "run", 2)


def test_the_same_person_outranks_a_probable_one() -> None:
    assert tier({}, {"nik": NEAR}, {}) == ("same", "run", 1)


def test_an_intruder_does_not_take_the_number_of_its_holder() -> None:
    intruder = {"name": "Irfan Latukau", "birth_date": date(1990, 5, 19)}

    assert tier({}, intruder, {}) == ("same", "run", 1)
    assert tier({}, intruder, intruder) == ("conflict", "run", 1)
    assert tier(intruder, {}, {}) == ("conflict", "run", 1)


def test_the_register_holds_a_number_before_any_row() -> None:
    register = records({"id": 77})

    assert tier({}, register=register) == ("same", "register", 77)
    assert tier({"name": "Irfan Latukau", "birth_date": None}, {}, register=register) == ("same", "register", 77)
    assert tier({"nik": NEAR, "name": "Faisl Lating"}, register=register) == ("probable", "register", 77)


def test_evidence_is_told() -> None:
    row = link(records({}, {"nik": NEAR, "village": None, "name": "Faisl Idris Lating"})).row(0, named=True)

    assert row == {
        "id": 2,
        "other_id": 1,
        "other_side": "run",
        "tier": "probable",
        "nik_agrees": False,
        "nik_distance": 1,
        "name_similarity": pytest.approx(0.94, abs=0.05),
        "birth_agrees": True,
        "village_agrees": None,
    }


def decision(left: dict[str, object], right: dict[str, object], *, same: bool) -> dict[str, object]:
    keys = record_keys(records(left, right))
    return {"left_key": keys[0], "right_key": keys[1], "same": same}


def test_a_pair_called_different_is_not_asked_again() -> None:
    near = {"nik": NEAR}
    for pair in (({}, near), (near, {})):
        decisions = pl.DataFrame([decision(*pair, same=False)], schema=DECISION)
        assert tier({}, near, decisions=decisions) is None
        assert tier({}, {"nik": NEAR, "name": "H. Faisal Idris Lating"}, decisions=decisions) is None


def test_a_conflict_called_different_leaves_other_questions_open() -> None:
    mixed = {"nik": FAR}
    holder = {"nik": FAR, "name": "Irfan Latukau", "birth_date": date(1970, 6, 24)}
    decisions = pl.DataFrame([decision(holder, mixed, same=False)], schema=DECISION)

    assert tier({}, holder, mixed) == ("conflict", "run", 2)
    assert tier({}, holder, mixed, decisions=decisions) == ("probable", "run", 1)
    assert tier({}, holder, mixed, mixed, decisions=decisions) == ("same", "run", 3)


def test_a_pair_called_the_same_is_the_same() -> None:
    near = {"nik": NEAR}
    decisions = pl.DataFrame([decision(near, {}, same=True)], schema=DECISION)

    assert tier({}, near, decisions=decisions) == ("same", "run", 1)


def test_the_later_answer_counts() -> None:
    near = {"nik": NEAR}
    answers = [decision({}, near, same=True), decision(near, {}, same=False)]

    assert tier({}, near, decisions=pl.DataFrame(answers, schema=DECISION)) is None
    assert tier({}, near, decisions=pl.DataFrame(answers[::-1], schema=DECISION)) == ("same", "run", 1)


def test_no_answers_and_no_records() -> None:
    nothing = pl.DataFrame(schema=RECORD)

    assert link(nothing).height == 0
    assert link(nothing, register=nothing, decisions=pl.DataFrame(schema=DECISION)).columns == [
        "id",
        "other_id",
        "other_side",
        "tier",
        "nik_agrees",
        "nik_distance",
        "name_similarity",
        "birth_agrees",
        "village_agrees",
    ]


def test_a_record_key_forgives_spelling_but_not_facts() -> None:
    key = record_key(NIK, "Muh. Salim Al Katiri", BORN)

    assert key == record_key(NIK, "H. MUHAMMAD SALIM ALKATIRI", BORN)
    assert len({key, record_key(None, "Muh. Salim Al Katiri", BORN), record_key(NIK, "", None)}) == 3
    assert record_keys(records({"name": None, "birth_date": None}))[0] == record_key(NIK, "", None)


def crowd(size: int, **same: object) -> pl.DataFrame:
    town = Town(7)
    inhabit(town, size)
    people = frame(town.people).head(size)
    return people.with_columns(pl.lit(value, dtype=RECORD[name]).alias(name) for name, value in same.items())


@pytest.mark.parametrize(
    "same",
    [
        {"nik": "8171010101900001"},
        {"birth_date": date(1970, 1, 1), "village": PASSO},
        {"birth_date": date(1970, 1, 1), "village": PASSO, "nik": None},
        {"name": "Abdul Rahman", "birth_date": date(1970, 1, 1)},
        {"name": "Abdul Rahman", "village": PASSO, "nik": None, "birth_date": None},
    ],
    ids=" ".join,
)
def test_a_crowd_behind_one_value_stays_affordable(same: dict[str, object]) -> None:
    people = crowd(4000, **same)
    started = time.process_time()
    findings = link(people)

    assert findings["id"].is_unique().all()
    assert time.process_time() - started < 10


def test_in_a_crowd_the_whole_name_is_still_found() -> None:
    people = crowd(LIMIT * 10, birth_date=date(1970, 1, 1), village=PASSO)
    again = people.tail(1).with_columns(id=pl.lit(people.height, dtype=pl.Int64), nik=pl.lit(FAR))
    findings = link(pl.concat([people, again]))

    assert findings.filter(pl.col("id") == people.height)["tier"].to_list() == ["probable"]


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "nik": st.sampled_from([NIK, NEAR, NEIGHBOUR, OTHER, FAR, None]),
            "name": st.sampled_from(
                ["Faisal Idris Lating", "Faisal Lating", "Fasial Lating", "Irfan Latukau", "", None]
            ),
            "birth_date": st.sampled_from([BORN, TURNED_DATE, None]),
            "sex": st.sampled_from(["M", "F", None]),
            "village": st.sampled_from([PASSO, NANIA, None]),
        }
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(LINES, LINES, st.integers(0, 12), st.randoms(use_true_random=False))
def test_findings_point_back_and_do_not_depend_on_the_order_of_the_frame(
    lines: list[dict[str, object]], known: list[dict[str, object]], cut: int, dice: object
) -> None:
    run, register = records(*lines), records(*known)
    findings = link(run, register=register)

    assert findings["id"].is_unique().all()
    assert findings["id"].is_sorted()
    assert findings.filter(pl.col("other_side") == "run").select((pl.col("other_id") < pl.col("id")).all()).item()
    assert findings.filter(pl.col("other_side") == "register")["other_id"].is_in(register["id"].to_list()).all()
    shuffled = pl.concat([run[cut:], run[:cut]])
    assert link(shuffled, register=register.reverse()).equals(findings)


@settings(max_examples=15, deadline=None)
@given(LINES, st.integers(0, 12))
def test_what_comes_later_changes_nothing_before(lines: list[dict[str, object]], cut: int) -> None:
    run = records(*lines)
    whole = link(run)

    assert link(run.filter(pl.col("id") <= cut)).equals(whole.filter(pl.col("id") <= cut))
