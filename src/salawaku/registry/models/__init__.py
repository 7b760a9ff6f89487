"""The register of workers."""

from salawaku.registry.models.declaration import Declaration
from salawaku.registry.models.event import WorkerEvent
from salawaku.registry.models.merge import Merge
from salawaku.registry.models.occupation import Occupation
from salawaku.registry.models.worker import Worker

__all__ = ["Declaration", "Merge", "Occupation", "Worker", "WorkerEvent"]
