"""When nobody is written to: at night, on Sundays and on national holidays, in the time zone of the recipient."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from salawaku import law

# The three zones of Indonesia by province (Keputusan Presiden 41/1987).
CENTRAL = frozenset(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"])
EASTERN = frozenset(["81", "82", "91", "92", "93", "94", "95", "96", "97"])
SUNDAY = 6


def zone_of(region_code: str) -> ZoneInfo:
    """The time zone of a region: WIB, WITA or WIT."""
    province = region_code[:2]
    if province in EASTERN:
        return ZoneInfo("Asia/Jayapura")
    return ZoneInfo("Asia/Makassar" if province in CENTRAL else "Asia/Jakarta")


def is_quiet(moment: datetime, *, zone: ZoneInfo, begins: time, ends: time) -> bool:
    """Whether `moment` (with its zone) lies in the quiet hours from `begins` up to before `ends`, which may reach
    over midnight, or on a Sunday or national holiday. The same hour twice means no quiet hours, but quiet days."""
    local = moment.astimezone(zone)
    if local.weekday() == SUNDAY or law.is_holiday(local.date()):
        return True
    now = local.time().replace(tzinfo=None)
    if begins <= ends:
        return begins <= now < ends
    return now >= begins or now < ends


def period_begins(day: date, *, weekly: bool) -> date:
    """The first day of the day or week for which one digest is sent; weeks begin on Monday."""
    return day - timedelta(days=day.weekday()) if weekly else day
