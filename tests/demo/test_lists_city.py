"""The people of a synthetic city."""

from __future__ import annotations

import dataclasses
import itertools
import random

from salawaku.demo.lists import City, Person, make_city
from salawaku.demo.lists import names as naming
from salawaku.regions.table import region_table


def ambon(workers: int = 4000) -> City:
    return make_city(workers, 11, region_table())


def test_no_two_people_share_a_nik_or_a_name_with_a_birth_date() -> None:
    people = ambon().people

    assert len({p.nik for p in people}) == len(people) == 4000
    assert len({(p.name, p.birth) for p in people}) == len(people)


def test_a_nik_tells_birth_date_and_sex() -> None:
    for person in ambon(500).people:
        day = person.birth.day + (40 if person.sex == "F" else 0)
        assert person.nik[6:12] == f"{day:02d}{person.birth:%m%y}"
        assert len(person.nik) == 16
        assert person.nik[12:] != "0000"


def test_twins_differ_in_the_last_digits_only() -> None:
    people = ambon().people
    twins = [(a, b) for a, b in itertools.pairwise(people) if a.nik[:12] == b.nik[:12]]

    assert twins
    assert all(a.village == b.village and a.name.split()[0] != b.name.split()[0] for a, b in twins)


def test_people_live_in_all_fifty_villages_and_some_have_a_nik_from_elsewhere() -> None:
    city = ambon()

    assert len(city.villages) == 50
    assert {p.village for p in city.people} == set(city.village)
    assert 0.08 < sum(not p.nik.startswith("8171") for p in city.people) / len(city.people) < 0.2
    assert city.shared_names == {"Nusaniwe", "Urimessing"}


def test_most_people_are_of_working_age_and_a_few_are_not() -> None:
    city = ambon()
    ages = [(city.as_of - p.birth).days / 365.25 for p in city.people]
    outside = sum(not 18 <= age < 65 for age in ages)

    assert 0 < outside < 0.03 * len(ages)


def test_the_pool_of_a_name_is_not_stored() -> None:
    assert "pool" not in {field.name for field in dataclasses.fields(Person)}


def test_phones_ring_nowhere() -> None:
    assert all(p.phone.startswith("08000") and len(p.phone) == 12 for p in ambon(200).people)


def test_refused_pairs_never_come_out_of_the_dice() -> None:
    families = sorted((family for family, _ in naming.pools().family), key=len, reverse=True)
    for person in ambon().people:
        family = next((f for f in families if person.name.endswith(" " + f)), "")
        given = person.name.removesuffix(family).split()
        assert not any(naming.is_refused(word, family) for word in given)


def test_a_pair_is_refused_by_its_hash_alone() -> None:
    stop = frozenset({naming.pair_hash("Contoh", "Keluarga")})

    assert naming.is_refused("contoh", "KELUARGA", stop)
    assert not naming.is_refused("Contoh", "Lain", stop)


def test_full_names_have_two_given_names_and_single_names_occur() -> None:
    lengths = {len(p.name.split()) for p in ambon().people}

    assert 1 in lengths
    assert 3 in lengths


def test_slips_change_a_name_but_not_its_first_letter() -> None:
    rng = random.Random(5)
    for person in ambon(300).people:
        slip = naming.typo(person.name, rng)
        assert slip[0] == person.name[0]
        assert 0 <= len(person.name) - len(slip) <= 1
        assert slip != person.name
