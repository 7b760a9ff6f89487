"""The one reason for each worker of a plan, in the order in which they are asked; codes never change."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "chosen_continuing": _("Chosen: was covered before and stays covered"),
    "chosen_quota": _("Chosen: within the village's quota"),
    "died": _("Has died"),
    "already_covered": _("Already covered in these months"),
    "too_young": _("Younger than the rule allows in the first month"),
    "too_old": _("Older than the rule allows in the first month"),
    "occupation_unknown": _("The occupation is not known"),
    "occupation_not_vulnerable": _("The occupation does not count as vulnerable"),
    "decile_unknown": _("The welfare decile is not known"),
    "decile_too_high": _("The welfare decile is above the limit"),
    "over_quota": _("On the waiting list: the village's seats are taken"),
    "no_purse": _("No purse may pay for this village and occupation"),
    "purse_empty": _("The money is used up"),
}
UNFUNDED = ("no_purse", "purse_empty")
