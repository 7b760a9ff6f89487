"""Lists as they came, their rows and what was decided about them."""

from salawaku.intake.models.file import ListFile, Progress
from salawaku.intake.models.mapping import ColumnMapping
from salawaku.intake.models.pair import Pair, PairDecision
from salawaku.intake.models.row import ListRow
from salawaku.intake.models.source import WorkerSource

__all__ = ["ColumnMapping", "ListFile", "ListRow", "Pair", "PairDecision", "Progress", "WorkerSource"]
