"""What a step would change, by count and by name, before anybody takes it."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet

from salawaku.accounts.scoping import elevated, in_scope
from salawaku.intake.models import ListFile, ListRow
from salawaku.regions.models import Region
from salawaku.registry.models import Worker

SHOWN = 10


class ConfirmPreview(NamedTuple):
    """New workers by village, rows that are evidence of known ones, and what stays beside the register."""

    workers: int
    evidence: int
    staying: int
    villages: list[tuple[str, int]]
    examples: list[ListRow]


class WithdrawPreview(NamedTuple):
    """The workers this list alone brought, and some of their names."""

    workers: int
    names: list[str]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.workers - len(self.names)


def confirm_preview(file: ListFile) -> ConfirmPreview:
    """What confirming would carry over now; rows carried before do not count again."""
    new = _not_carried(file)
    counts = list(new.order_by().values_list("home_village").annotate(number=Count("id")).order_by("-number"))
    codes = [code for code, _number in counts]
    titles = {region.pk: region.title for region in Region.objects.filter(code__in=codes).defer("boundary")}
    known = in_scope(ListRow.objects.filter(file=file, status=ListRow.Status.DUPLICATE))
    return ConfirmPreview(
        workers=sum(number for _code, number in counts),
        evidence=known.count(),
        staying=file.review + file.rejected,
        villages=[(titles.get(code, code), number) for code, number in counts],
        examples=list(known.select_related("occupation").order_by("id")[:SHOWN]),
    )


def has_new(file: ListFile) -> bool:
    """Whether something was made ready since the list was confirmed."""
    return _not_carried(file).exists()


def withdraw_preview(file: ListFile) -> WithdrawPreview:
    """Whom withdrawing would take out of the register."""
    rows = in_scope(ListRow.objects.filter(file=file)).order_by().values("id")
    with elevated("the number of workers a list brought is told; names come from the list's own rows"):
        brought = Worker.objects.filter(source_row_id__in=rows)
        number = brought.count()
        carried = [row or 0 for row in brought.order_by("id").values_list("source_row_id", flat=True)[:SHOWN]]
    names = in_scope(ListRow.objects.filter(id__in=carried)).order_by("id").values_list("name", flat=True)
    return WithdrawPreview(number, list(names))


def _not_carried(file: ListFile) -> QuerySet[ListRow]:
    carried = Worker.objects.filter(source_row_id=OuterRef("pk"))
    ready = in_scope(ListRow.objects.filter(file=file, status=ListRow.Status.ACCEPTED))
    return ready.filter(~Exists(carried))
