"""The one reason for each worker of a plan, in the order in which they are asked; codes never change."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "chosen_continuing": _("Chosen: was covered before and stays covered"),
    "chosen_quota": _("Chosen: within the village's quota"),
    "died": _("Has died"),
    "employed": _("Is a wage earner: the employer insures"),
    "covered_elsewhere": _("Is insured elsewhere already"),
    "moved_out": _("Has moved out of the city or regency"),
    "already_covered": _("Already covered in these months"),
    "too_young": _("Younger than the rule allows in the first month"),
    "too_old": _("Older than the rule allows in the first month"),
    "gravely_ill": _("Gravely ill when it was declared"),
    "not_working": _("Does not work, as was declared"),
    "employment_excluded": _("Works for an employer whom the rule excludes"),
    "residence_too_short": _("Has not lived here long enough by the first month"),
    "assistance_received": _("The family receives PKH or BPNT"),
    "assistance_missing": _("The family receives neither PKH nor BPNT"),
    "occupation_unknown": _("The occupation is not known"),
    "occupation_not_vulnerable": _("The occupation does not count as vulnerable"),
    "decile_unknown": _("The welfare decile is not known"),
    "decile_too_high": _("The welfare decile is above the limit"),
    "decile_too_low": _("The welfare decile is below the limit"),
    "illness_unknown": _("Evidence needed: nobody has declared whether gravely ill"),
    "work_unknown": _("Evidence needed: nobody has declared whether working"),
    "employment_unknown": _("Evidence needed: nobody has declared who the employer is"),
    "residence_unknown": _("Evidence needed: nobody has declared since when resident"),
    "assistance_unknown": _("Evidence needed: nobody has declared which assistance is received"),
    "family_unknown": _("Evidence needed: the family card is not known"),
    "family_taken": _("Somebody else of the family has the family's seat"),
    "over_quota": _("On the waiting list: the village's seats are taken"),
    "no_purse": _("No purse may pay for this village and occupation"),
    "purse_empty": _("The money is used up"),
}
UNFUNDED = ("no_purse", "purse_empty")
# A field check or a better list can tell; whoever has one of these is neither in nor out.
EVIDENCE = (
    "occupation_unknown",
    "decile_unknown",
    "illness_unknown",
    "work_unknown",
    "employment_unknown",
    "residence_unknown",
    "assistance_unknown",
    "family_unknown",
)
