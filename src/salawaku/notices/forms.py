"""What a person wishes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from salawaku.notices.kinds import KINDS
from salawaku.notices.models import NoticePreference


class PreferenceForm(forms.Form):
    """Kinds that are told (what is unticked is switched off), and how."""

    kinds = forms.MultipleChoiceField(label=_("Tell me about"), required=False, widget=forms.CheckboxSelectMultiple)
    by_mail = forms.BooleanField(label=_("Write to me by e-mail as well"), required=False)
    rhythm = forms.ChoiceField(label=_("How often"), choices=NoticePreference.Rhythm.choices)
    quiet_from = forms.TimeField(
        label=_("Quiet from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In the time of your region. Sundays and national holidays are always quiet."),
    )
    language = forms.ChoiceField(label=_("Language of letters and calendar"), choices=settings.LANGUAGES)
    phone = forms.CharField(
        label=_("Number for WhatsApp"),
        max_length=20,
        required=False,
        help_text=_("Only if colleagues of your city may write to you there. Salawaku itself sends nothing to it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(code, KINDS[code].label) for code in kinds]  # type: ignore[attr-defined]

    def wishes(self, wish: NoticePreference) -> dict[str, Any]:
        """The answers as `preference_set` takes them; kinds that were not offered stay as they were."""
        given = dict(self.cleaned_data)
        told = set(given.pop("kinds"))
        offered = {code for code, _label in self.fields["kinds"].choices}  # type: ignore[attr-defined]
        return given | {"kinds_off": (set(wish.kinds_off) - offered) | (offered - told)}


def preference_form(wish: NoticePreference, data: Any, *, kinds: list[str]) -> PreferenceForm:
    """The form with what the person wished before."""
    initial = {name: getattr(wish, name) for name in PreferenceForm.base_fields if name != "kinds"}
    told = [code for code in kinds if code not in wish.kinds_off]
    return PreferenceForm(data, initial=initial | {"kinds": told}, kinds=kinds)
