"""Whom a purse may pay for: said once, in SQL, and asked by the waterfall and by the optimum.

A worker of the plan is looked at by his village, the kind of that village and `work`: his occupation where some purse
of the programme asks for it, else '' (so that a region has few different places). An empty list of a purse leaves
nobody out. Everybody whom a programme covers works without an employer (BPU): a purse for other segments pays nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from django.db.backends.utils import CursorWrapper
from numpy.typing import NDArray

from salawaku.law import Segment
from salawaku.programmes.prices import Offer

# `{plan}` has village_code, village_kind and work; `{purse}` is a row of programmes_purse. Codes of one level are of
# one length, so that a region's code begins no code outside it.
FITS = f"""
({{purse}}.regions = '{{{{}}}}' OR {{plan}}.village_code ^@ ANY({{purse}}.regions))
AND ({{purse}}.village_kinds = '{{{{}}}}' OR {{plan}}.village_kind = ANY({{purse}}.village_kinds))
AND ({{purse}}.occupations = '{{{{}}}}' OR {{plan}}.work = ANY({{purse}}.occupations))
AND '{Segment.BPU.value}' = ANY({{purse}}.segments)
"""
# The occupation of `c` as far as a purse of the programme asks for it.
WORK = """
CASE WHEN c.occupation_id IN (
    SELECT unnest(occupations) FROM programmes_purse WHERE programme_id = %(programme)s
) THEN c.occupation_id ELSE '' END
"""
REACH = f"""
SELECT place.village_code, coalesce(place.village_kind, ''), place.work,
       coalesce(array_agg(u.id) FILTER (WHERE u.id IS NOT NULL), '{{}}')
FROM (
    SELECT DISTINCT village_code, village_kind, work FROM plan
    WHERE rank IS NOT NULL AND reason IS DISTINCT FROM 'over_quota'
) place
LEFT JOIN programmes_purse u ON u.id = ANY(%(purses)s) AND {FITS.format(plan="place", purse="u")}
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


class Place(NamedTuple):
    """Workers whom the same purses may pay for: a village with its kind, and the work if a purse asks for it."""

    village_code: str
    village_kind: str
    work: str


class Reach(NamedTuple):
    """The places of all with a seat, each with its number, and which purse may pay there: `fits[place, purse]`."""

    places: dict[Place, int]
    fits: NDArray[np.bool_]


def reach(cursor: CursorWrapper, offers: Sequence[Offer]) -> Reach:
    """Which of the purses of `offers` may pay for whom in the table `plan`."""
    cursor.execute(REACH, {"purses": [offer.purse.pk for offer in offers]})
    rows = cursor.fetchall()
    fitting = [set(purses) for *_place, purses in rows]
    fits = [[offer.purse.pk in purses for offer in offers] for purses in fitting]
    places = {Place(*place): number for number, (*place, _purses) in enumerate(rows)}
    return Reach(places, np.array(fits, bool).reshape(len(rows), len(offers)))
