"""The machine interface, version 1: reading only. `/api/v1/openapi.json` describes it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.throttling import AuthRateThrottle

from salawaku.api import schemas
from salawaku.api.auth import Key, Session, allowed
from salawaku.cover.selectors import coverage_by_village
from salawaku.law import OutsideValidityError
from salawaku.regions import selectors as regions
from salawaku.regions.models import Region
from salawaku.registry import actions
from salawaku.registry.models import Worker
from salawaku.registry.selectors import WorkerFilter, worker_get, worker_list, worker_page
from salawaku.web.wording import mask

api = NinjaAPI(
    title="Salawaku",
    version="1",
    description="Workers, regions and cover, within the area of whoever asks.",
    docs_url=None,  # its page would load scripts from elsewhere
    auth=[Key(), Session()],
    throttle=[AuthRateThrottle("600/m")],
)


@api.get("/health", auth=None, throttle=[], response=schemas.Health)
def health(request: HttpRequest) -> schemas.Health:
    """Whether the site and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return schemas.Health(status="ok")


@api.get("/regions", response=list[schemas.RegionOut])
def region_children(request: HttpRequest, parent: str = "", search: str = "", within: str = "") -> list[Region]:
    """The regions below `parent` ("" for the provinces), or those whose name holds `search`."""
    return regions.region_search(search, within=within) if search else list(regions.children(parent))


@api.get("/regions/{code}", response=schemas.RegionOut)
def region_detail(request: HttpRequest, code: str) -> Region:
    """One region."""
    found = Region.objects.defer("boundary").filter(pk=code).first()
    if found is None:
        raise HttpError(404, "there is no such region")
    return found


@api.get("/workers", response=schemas.WorkerPage)
def workers(
    request: HttpRequest, village: str = "", agency: str = "", status: str = "", after: UUID | None = None
) -> schemas.WorkerPage:
    """Workers of one's own area by name, fifty at a time; a NIK is masked."""
    allowed(request, "register.view")
    found = worker_list(WorkerFilter(village=village, agency=agency, status=status))
    page = worker_page(found, after=after)
    return schemas.WorkerPage(workers=[_shown(worker) for worker in page.workers], next=page.after)


@api.get("/workers/{public_id}", response=schemas.WorkerDetail)
def worker_detail(request: HttpRequest, public_id: UUID, whole_nik: bool = False) -> schemas.WorkerDetail:
    """One worker of one's own area. `whole_nik` needs register.unmask, and each look is written down."""
    by = allowed(request, "register.unmask" if whole_nik else "register.view")
    try:
        worker = worker_get(public_id)
    except Worker.DoesNotExist as error:
        raise HttpError(404, "there is no such worker in your area") from error
    nik = actions.nik_unmask(by=by, worker=worker) if whole_nik else mask(worker.nik)
    return schemas.WorkerDetail(
        **_shown(worker).model_dump(exclude={"nik"}),
        nik=nik,
        birth_place=worker.birth_place,
        address=worker.address,
        participant_number=worker.participant_number,
        welfare_decile=worker.welfare_decile,
        died_on=worker.died_on,
        proposed_on=worker.proposed_on,
    )


@api.get("/coverage", response=schemas.CoveragePage)
def coverage(request: HttpRequest, as_of: date | None = None) -> schemas.CoveragePage:
    """Covered, registered and quota by village of one's own area on a day, today if none is named."""
    allowed(request, "cover.view")
    day = as_of or timezone.localdate()
    try:
        found = coverage_by_village(as_of=day)
    except OutsideValidityError as outside:
        raise HttpError(422, str(outside)) from None
    villages = [
        schemas.CoverageOut(
            village_code=row.key,
            name=row.name,
            kind=row.kind,
            covered=row.covered,
            registered=row.registered,
            quota=row.quota,
        )
        for row in found
    ]
    return schemas.CoveragePage(as_of=day, villages=villages)


def _shown(worker: Worker) -> schemas.WorkerOut:
    return schemas.WorkerOut(
        public_id=worker.public_id,
        nik=mask(worker.nik),
        name=worker.name,
        birth_date=worker.birth_date,
        sex=worker.sex,
        village_code=worker.village_code,
        agency_code=worker.agency_code,
        occupation=worker.occupation_id,
        status=worker.status,
    )
