"""One address that fails with a person in its hands."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def fail(request: HttpRequest) -> HttpResponse:
    name = request.POST["name"]
    raise RuntimeError("broken" if name else "empty")


urlpatterns = [path("fail", fail)]
