"""The reasons of boundaries.py in words."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "too_large": _("The file is larger than 30 MB. Simplify the shapes and send it again."),
    "no_json": _("This is not a GeoJSON file."),
    "no_collection": _("The file holds no FeatureCollection."),
    "nothing_to_use": _("No shape in this file could be used; nothing was changed."),
    "no_feature": _("Not a feature."),
    "no_code": _("Carries no region code (a property such as kode: 81.71.03.2001)."),
    "twice": _("Is in the file twice; the first was taken."),
    "no_polygon": _("Has no polygon."),
    "bad_coordinates": _("Its coordinates cannot be read."),
    "too_many_points": _("Has more than 20,000 points. Simplify the shape."),
    "outside_indonesia": _("Lies outside Indonesia: longitude and latitude may be exchanged."),
    "not_closed": _("Its outline is not closed."),
    "unknown_region": _("Is not in our table of regions."),
    "not_your_region": _("Lies outside your area."),
}
