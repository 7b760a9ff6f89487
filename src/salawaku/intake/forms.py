"""What people send and type about lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.intake.engine.column_samples import ColumnSample
from salawaku.intake.models import ListFile
from salawaku.intake.senders import Choices, Sender, sender_choices
from salawaku.intake.wording import FIELDS

ACCEPT = ".xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.tsv,.txt"


class ManyFiles(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of uploaded files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each file as a file field would take it; an empty file is left to the reader, who says what to do."""
        one_by_one = (data or [None]) if isinstance(data, list | tuple) else [data]
        cleaned: list[UploadedFile[Any]] = [super(ManyFilesField, self).clean(item, initial) for item in one_by_one]
        return cleaned


class UploadForm(forms.Form):
    """One or more lists of one sender."""

    sender = forms.ChoiceField(label=_("Who made the list?"))
    lists = ManyFilesField(
        label=_("Files"),
        allow_empty_file=True,
        max_length=500,
        widget=ManyFiles(attrs={"accept": ACCEPT, "multiple": True}),
        error_messages={"required": _("Choose at least one file.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = sender_choices(user)
        self.fields["sender"].choices = _with_blank(self.groups)  # type: ignore[attr-defined]

    @property
    def only_sender(self) -> tuple[str, str] | None:
        """The sender, where the person has no choice."""
        all_of_them = [choice for _group, members in self.groups for choice in members]
        return all_of_them[0] if len(all_of_them) == 1 else None

    def clean_sender(self) -> Sender:
        """The sender as codes."""
        return Sender.of(self.cleaned_data["sender"])


class FilterForm(forms.Form):
    """Narrows the lists by codes."""

    status = forms.ChoiceField(label=_("State"), required=False)
    sender = forms.ChoiceField(label=_("Sender"), required=False)

    def __init__(self, *args: Any, senders: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", _("All states")), *ListFile.Status.choices]  # type: ignore[attr-defined]
        self.fields["sender"].choices = [("", _("All senders")), *senders]  # type: ignore[attr-defined]

    def codes(self) -> dict[str, str]:
        """The filters that are valid; others are left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ColumnsForm(forms.Form):
    """A meaning for each column of a list."""

    def __init__(self, *args: Any, columns: list[ColumnSample], fields: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [("", _("Do not read")), *((name, FIELDS[name]) for name in fields)]
        for number, column in enumerate(columns):
            known = column.field if column.field in dict(choices) else ""
            self.fields[f"column-{number}"] = forms.ChoiceField(
                choices=choices, label=column.label, required=False, initial=known
            )

    def mapping(self) -> dict[str, str]:
        """Heading → field, for every column."""
        return {column.label: self.cleaned_data[f"column-{number}"] for number, column in enumerate(self.columns)}


class ConfirmForm(forms.Form):
    """Confirming; the second look is asked for where most rows are known already."""

    second_look = forms.BooleanField(label=_("I looked at these rows a second time"), required=False)

    def __init__(self, *args: Any, is_stopped: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_stopped:
            del self.fields["second_look"]
        else:
            self.fields["second_look"].required = True


class ReasonForm(forms.Form):
    """Why a list is taken back."""

    reason = forms.CharField(label=_("Why do you take this list back?"), max_length=200)


def _with_blank(groups: Choices) -> list[Any]:
    """A choice must be made where there is one; whoever has only one sender need not choose."""
    members = [choice for _group, choices in groups for choice in choices]
    return members if len(members) == 1 else [("", _("Choose the sender")), *groups]
