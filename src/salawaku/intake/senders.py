"""Who sends a list, in words: a village, a region, or an office within one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from salawaku.accounts.models import Agency, User
from salawaku.intake import selectors
from salawaku.intake.models import ListFile
from salawaku.regions.models import Region

CITY = 5  # the length of a city's or regency's code


class Sender(NamedTuple):
    """The village or region, and the office if one sends."""

    village_code: str
    agency_code: str = ""

    @property
    def key(self) -> str:
        """As forms and addresses carry it."""
        return f"{self.village_code}|{self.agency_code}"

    @classmethod
    def of(cls, key: str) -> Sender:
        """From a form or an address; whatever it holds, it only ever names a sender."""
        village, _bar, agency = key.partition("|")
        return cls(village, agency)


Choices = list[tuple[str, list[tuple[str, str]]]]


def sender_choices(user: User) -> Choices:
    """Whom this person may send for, in groups: offices first, then villages under their region."""
    given = [Sender.of(key) for key, _title in selectors.senders_for(user)]
    cities = [sender.village_code for sender in given if len(sender.village_code) <= CITY and not sender.agency_code]
    senders = given + [Sender(city, agency.pk) for city in cities for agency in Agency.objects.all()]
    named = sender_titles(senders)
    villages = [sender for sender in senders if not sender.agency_code and len(sender.village_code) > CITY]
    offices = [sender for sender in senders if sender not in set(villages)]
    groups = [(_("Offices"), offices), (_("Villages"), villages)]
    return [
        (title, [(sender.key, named[sender]) for sender in dict.fromkeys(members)])
        for title, members in groups
        if members
    ]


def sender_titles(senders: Iterable[Sender]) -> dict[Sender, str]:
    """Each sender as people call it: "Negeri Passo", "Dinas Perikanan"."""
    wanted = set(senders)
    regions = {region.pk: region.title for region in _regions({sender.village_code for sender in wanted})}
    agencies = Agency.objects.in_bulk({sender.agency_code for sender in wanted} - {""})
    return {sender: _title(sender, regions, agencies) for sender in wanted}


def file_senders(files: Iterable[ListFile]) -> dict[Sender, str]:
    """The titles of the senders of some lists."""
    return sender_titles(Sender(file.village_code, file.agency_code) for file in files)


def villages_near(code: str) -> list[Region]:
    """The villages a list of this sender can name: those of its own region, else of the home region."""
    within = code if len(code) < 13 else code[:CITY]
    within = within if within.startswith(settings.HOME_REGION) else settings.HOME_REGION
    return list(Region.objects.filter(code__startswith=f"{within}.", level=4).defer("boundary").order_by("name"))


def _regions(codes: set[str]) -> list[Region]:
    return list(Region.objects.filter(code__in=codes).defer("boundary"))


def _title(sender: Sender, regions: dict[str, str], agencies: dict[str, Agency]) -> str:
    region = regions.get(sender.village_code, sender.village_code)
    if not sender.agency_code:
        return region
    agency = agencies.get(sender.agency_code)
    return f"{agency.name if agency else sender.agency_code}, {region}"
