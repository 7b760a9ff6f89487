"""Addresses of the regions."""

from django.urls import path, re_path

from salawaku.regions import views

urlpatterns = [
    path("", views.region_list, name="region_list"),
    path("batas/", views.boundary_import, name="boundary_import"),
    re_path(r"^(?P<code>[0-9][0-9.]{1,12})/$", views.region_detail, name="region_detail"),
]
