"""When nobody is written to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.notices.quiet import is_quiet, period_begins, zone_of

JAYAPURA, JAKARTA, MAKASSAR = (ZoneInfo(f"Asia/{city}") for city in ("Jayapura", "Jakarta", "Makassar"))
NIGHT, MORNING = time(20), time(6)
ZONES = st.sampled_from([JAYAPURA, JAKARTA, MAKASSAR])
MOMENTS = st.integers(1_735_689_600, 1_830_297_600).map(lambda second: datetime.fromtimestamp(second, UTC))  # 2025-27
HOURS = st.times()


@pytest.mark.parametrize(
    ("code", "zone"),
    [("81.71.03.2001", JAYAPURA), ("91", JAYAPURA), ("97.01", JAYAPURA), ("53", MAKASSAR), ("73.71", MAKASSAR),
     ("31", JAKARTA), ("61.71", JAKARTA), ("62", JAKARTA), ("", JAKARTA)],
)  # fmt: skip
def test_each_province_has_its_zone(code: str, zone: ZoneInfo) -> None:
    assert zone_of(code) == zone


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("zone", [JAYAPURA, JAKARTA, MAKASSAR], ids=str)
def test_every_hour_of_a_working_day(zone: ZoneInfo, hour: int) -> None:
    wednesday = datetime(2026, 11, 25, hour, tzinfo=zone)
    expected = hour >= 20 or hour < 6
    assert is_quiet(wednesday, zone=zone, begins=NIGHT, ends=MORNING) is expected
    assert is_quiet(wednesday.astimezone(UTC), zone=zone, begins=NIGHT, ends=MORNING) is expected


@pytest.mark.parametrize("hour", range(24))
def test_one_moment_is_quiet_in_one_zone_and_not_in_another(hour: int) -> None:
    moment = datetime(2026, 11, 25, hour, tzinfo=UTC)
    for zone, ahead in ((JAKARTA, 7), (MAKASSAR, 8), (JAYAPURA, 9)):
        local = (hour + ahead) % 24
        assert is_quiet(moment, zone=zone, begins=NIGHT, ends=MORNING) is (local >= 20 or local < 6)


@pytest.mark.parametrize("day", [date(2026, 11, 29), date(2026, 12, 25), date(2026, 8, 17)])
def test_sundays_and_holidays_are_quiet_all_day(day: date) -> None:
    for hour in range(24):
        moment = datetime.combine(day, time(hour), JAYAPURA)
        assert is_quiet(moment, zone=JAYAPURA, begins=NIGHT, ends=NIGHT)


def test_a_saturday_is_not_quiet() -> None:
    assert not is_quiet(datetime(2026, 11, 28, 9, tzinfo=JAYAPURA), zone=JAYAPURA, begins=NIGHT, ends=MORNING)


@given(MOMENTS, ZONES, HOURS, HOURS)
def test_the_hours_and_their_complement_share_the_day(
    moment: datetime, zone: ZoneInfo, begins: time, ends: time
) -> None:
    """On a loud day each moment is in exactly one of [begins, ends) and [ends, begins)."""
    local = moment.astimezone(zone)
    here = is_quiet(moment, zone=zone, begins=begins, ends=ends)
    there = is_quiet(moment, zone=zone, begins=ends, ends=begins)
    if local.weekday() == 6 or law.is_holiday(local.date()):
        assert here
        assert there
    elif begins == ends:
        assert not here
    else:
        assert here is not there


@given(MOMENTS, ZONES, HOURS, HOURS)
def test_it_depends_on_the_moment_not_on_how_it_is_written(
    moment: datetime, zone: ZoneInfo, begins: time, ends: time
) -> None:
    written = {
        is_quiet(moment.astimezone(other), zone=zone, begins=begins, ends=ends) for other in (JAKARTA, JAYAPURA)
    }
    assert len(written) == 1


@given(MOMENTS, ZONES, HOURS)
def test_there_is_an_hour_within_two_weeks_that_is_not_quiet(moment: datetime, zone: ZoneInfo, begins: time) -> None:
    ends = (datetime.combine(date(2026, 1, 1), begins) + timedelta(hours=10)).time()
    hours = (moment + timedelta(hours=step) for step in range(14 * 24))
    assert any(not is_quiet(hour, zone=zone, begins=begins, ends=ends) for hour in hours)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_week_begins_on_its_monday(day: date) -> None:
    monday = period_begins(day, weekly=True)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
    assert period_begins(day, weekly=False) == day
