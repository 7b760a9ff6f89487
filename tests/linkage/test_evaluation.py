"""How well the tiers do on a town listed twice by a careless clerk; `pytest -rP` prints the table."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from salawaku.linkage.tiers import link
from tests.linkage import town as slips
from tests.linkage.town import Person, Slip, Town, frame, inhabit

SIZE, SAMPLE = 600, 300


def relist(*faults: Slip, seed: int = 5) -> Counter[str]:
    """List a sample of a town a second time with these faults; count what is found for it, right or wrong."""
    town, dice = Town(seed), random.Random(seed)
    inhabit(town, SIZE)
    copies = dice.sample(town.people, SAMPLE)
    for fault in faults:
        copies = [fault(person, dice) for person in copies]
    return score([*town.people, *copies], len(town.people))


def score(people: list[Person], first: int) -> Counter[str]:
    found = {row["id"]: row for row in link(frame(people)).iter_rows(named=True)}
    counts: Counter[str] = Counter()
    for number, person in enumerate(people):
        row = found.get(number)
        if row is None:
            counts["missed" if number >= first else "quiet"] += 1
        else:
            # a number with two slips may be that of somebody else: then the conflict is the right answer
            right = row["tier"] == "conflict" or people[row["other_id"]].who == person.who
            counts[row["tier"] if right else "wrong"] += 1
    return counts


def floors() -> list[tuple[str, tuple[Slip, ...], str, float]]:
    """Fault, tier expected, and the least share of the sample that must get it."""
    names = [*slips.NAME_SLIPS, *slips.EXTENT_SLIPS]
    rows: list[tuple[str, tuple[Slip, ...], str, float]] = []
    for slip in [*names, slips.married, slips.day_for_month, slips.mended_year]:
        rows.append((f"same NIK, {slip.__name__}", (slip,), "same", 0.975))
    for nik in slips.NIK_SLIPS:
        rows.append((nik.__name__, (nik,), "probable", 1.0))
        near = nik in (slips.near_nik, slips.turned_nik)
        rows += [
            (f"{nik.__name__}, {slip.__name__}", (slip, nik), "probable", 0.975 if near else 0.88) for slip in names
        ]
    rows.append(("near_nik, married", (slips.married, slips.near_nik), "probable", 0.97))
    rows.append(("near_nik, day_for_month", (slips.near_nik, slips.day_for_month), "probable", 0.97))
    rows.append(("no_nik, day_for_month", (slips.no_nik, slips.day_for_month), "probable", 0.97))
    return rows


@pytest.mark.parametrize(("label", "faults", "tier", "floor"), floors(), ids=lambda value: str(value)[:40])
def test_recall_by_fault(label: str, faults: tuple[Slip, ...], tier: str, floor: float) -> None:
    counts = relist(*faults)
    print(f"{label:40} {dict(counts)}")

    assert counts["wrong"] == 0
    assert counts[tier] >= floor * SAMPLE


@pytest.mark.parametrize("seed", range(4))
def test_strangers_twins_siblings_and_namesakes_stay_apart(seed: int) -> None:
    town = Town(seed)
    inhabit(town, 6000)

    assert link(frame(town.people)).height == 0


@pytest.mark.parametrize("seed", range(3))
def test_precision_and_recall_on_mixed_faults(seed: int) -> None:
    town, dice = Town(seed), random.Random(seed)
    inhabit(town, 4000)
    faults: list[Slip] = [*slips.NAME_SLIPS, *slips.EXTENT_SLIPS, *slips.NIK_SLIPS, slips.day_for_month]
    copies = [dice.choice(faults)(dice.choice(faults[:10])(person, dice), dice) for person in town.people[:2000]]
    counts = score([*town.people, *copies], len(town.people))
    found = counts["same"] + counts["probable"]
    precision, recall = found / (found + counts["wrong"]), found / len(copies)
    print(f"precision {precision:.4f} recall {recall:.4f} {dict(counts)}")

    assert precision >= 0.999
    assert recall >= 0.975


def test_a_stolen_number_is_always_a_conflict() -> None:
    town, dice = Town(11), random.Random(11)
    inhabit(town, 1000)
    thieves = [slips.replace(person, nik=dice.choice(town.people[:500]).nik) for person in town.people[600:900]]
    findings = link(frame([*town.people, *thieves]))

    assert findings["tier"].to_list() == ["conflict"] * len(thieves)
