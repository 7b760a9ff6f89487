"""What people fill in when something changes in a worker's life."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from salawaku.regions.models import Region
from salawaku.registry.actions.event import HOME
from salawaku.registry.models import Worker, WorkerEvent


class EventForm(forms.Form):
    """What changed, from which month, and for a move where to."""

    kind = forms.ChoiceField(label=_("What changed?"), choices=WorkerEvent.Kind.choices)
    month = forms.DateField(
        label=_("From which month?"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    village_to = forms.ChoiceField(label=_("Where to? (only for a move)"), required=False)
    reason = forms.CharField(
        label=_("How do you know?"), max_length=300, help_text=_("For example: letter of the employer")
    )

    def __init__(self, *args: Any, worker: Worker, **options: Any) -> None:
        super().__init__(*args, **options)
        villages = Region.objects.filter(level=4, code__startswith=worker.village_code[:HOME])
        near = [(village.code, village.title) for village in villages.exclude(code=worker.village_code)]
        self.fields["village_to"].choices = [("", _("Out of this city or regency")), *near]  # type: ignore[attr-defined]
