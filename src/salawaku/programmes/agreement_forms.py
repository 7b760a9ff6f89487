"""What people fill in about an agreement."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku.programmes.actions import AgreementTerms, Document
from salawaku.programmes.fields import day_field
from salawaku.programmes.models import Agreement, Programme
from salawaku.regions.models import Region

# A region by code or name, then a number of workers: "81.71 5.000", "Kota Ambon;5000", "Kota Ambon<tab>5 000".
LINE = re.compile(r"^(?P<region>.+?)[\s;:,]+(?P<workers>[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]{1,9})$")
CODE = re.compile(r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$")


class AgreementForm(forms.Form):
    """What an agreement says."""

    number = forms.CharField(label=_("Number"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind of agreement"), choices=Agreement.Kind.choices)
    parties = forms.CharField(
        label=_("Parties"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One office a line; no names of persons"),
    )
    subject = forms.CharField(label=_("About"), max_length=300)
    signed_on = day_field(label=_("Day of signing"))
    valid_from = day_field(label=_("Valid from"))
    valid_to = day_field(label=_("Valid to"))
    region_code = forms.ChoiceField(label=_("Region"))
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Fulfilled by"),
        required=False,
        empty_label=_("all programmes and payers"),
        to_field_name="public_id",
    )
    quotas = forms.CharField(
        label=_("Workers per region"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "One region a line, code or name and then the number, such as “81.71 5.000” or “Kota Ambon 5.000”"
        ),
    )
    document = forms.FileField(label=_("Signed document (PDF)"), required=False)

    def __init__(
        self, *args: Any, regions: list[tuple[str, str]], programmes: QuerySet[Programme], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["region_code"].choices = regions  # type: ignore[attr-defined]
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]

    def clean_quotas(self) -> dict[str, int]:
        """Workers by region code. Every line that cannot be read is named, not only the first."""
        within = Region.objects.filter(code__startswith=self.cleaned_data.get("region_code", ""))
        quotas: dict[str, int] = {}
        wrong = []
        for line in filter(None, map(str.strip, self.cleaned_data["quotas"].splitlines())):
            found = LINE.match(line)
            code = _code_of(found["region"].strip(), within) if found else ""
            if found is None or not code:
                wrong.append(_("“%(line)s” names no region of the agreement with a number.") % {"line": line})
            elif code in quotas:
                wrong.append(_("“%(line)s” names a region for the second time.") % {"line": line})
            else:
                quotas[code] = int(re.sub(r"[. ]", "", found["workers"]))
        if wrong:
            raise forms.ValidationError(wrong)
        return quotas

    def terms(self) -> AgreementTerms:
        """What the actions take."""
        return AgreementTerms(**{name: self.cleaned_data[name] for name in AgreementTerms.__slots__})

    def sent_document(self) -> Document | None:
        """The document, if one was sent."""
        file = self.cleaned_data["document"]
        return Document(file.name, file.read()) if file else None


class AgreementChangeForm(AgreementForm):
    """An agreement as it is to be, and why."""

    reason = forms.CharField(label=_("Why the agreement changes"), max_length=300)


def _code_of(told: str, within: QuerySet[Region]) -> str:
    """The code of a region told by code or by name; a name that two regions have tells none."""
    if CODE.match(told):
        return told
    bare = re.sub(r"(?i)^(provinsi|kabupaten|kab\.?|kota|kecamatan|desa|negeri|kelurahan) ", "", told)
    found = [region.code for region in within.filter(name__iendswith=bare) if _is_called(region, told)]
    return found[0] if len(found) == 1 else ""


def _is_called(region: Region, told: str) -> bool:
    return told.casefold() in {region.title.casefold(), region.name.casefold()}
