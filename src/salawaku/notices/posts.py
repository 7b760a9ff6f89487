"""Who works where: the places for which people have a right, so that each is told of the own places only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from salawaku.accounts.models import Assignment
from salawaku.accounts.scoping import covers
from salawaku.notices.kinds import KINDS, Kind


class Post(NamedTuple):
    """A person at a place: a region with all below it, or one agency within it."""

    user_id: int
    region_code: str
    agency_code: str = ""

    def reaches(self, region_code: str) -> bool:
        """Whether the place holds all of that region, for all its agencies."""
        return not self.agency_code and covers(self.region_code, region_code)

    def within(self, other: Post) -> bool:
        """Whether `other` is of the same person and holds this place: then this one tells nothing new."""
        same_person = self != other and self.user_id == other.user_id
        return (
            same_person
            and covers(other.region_code, self.region_code)
            and other.agency_code in {"", self.agency_code}
        )


class Desk:
    """The posts of all people whose accounts are open, read once."""

    def __init__(self) -> None:
        given = Assignment.objects.filter(user__is_active=True).select_related("role")
        self._given = [
            (frozenset(one.role.permissions), Post(one.user_id, one.region_code, one.agency_code)) for one in given
        ]
        self._by_kind: dict[str, list[Post]] = {}

    def posts(self, kind: str) -> list[Post]:
        """Where people have a role that a kind of notice concerns, each place once, in a fixed order."""
        if kind not in self._by_kind:
            self._by_kind[kind] = self._find(KINDS[kind])
        return self._by_kind[kind]

    def _find(self, kind: Kind) -> list[Post]:
        found = {post for allowed, post in self._given if kind.concerns(allowed.__contains__)}
        by_person: dict[int, list[Post]] = {}
        for post in found:
            by_person.setdefault(post.user_id, []).append(post)
        return sorted(post for mine in by_person.values() for post in _outermost(mine))

    def reaching(self, region_code: str, kind: str) -> list[int]:
        """Whom a kind of notice concerns for all of that region."""
        return sorted({post.user_id for post in self.posts(kind) if post.reaches(region_code)})


def _outermost(posts: Iterable[Post]) -> list[Post]:
    mine = list(posts)
    return [post for post in mine if not any(post.within(other) for other in mine)]
