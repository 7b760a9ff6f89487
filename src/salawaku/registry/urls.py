"""Addresses of the register; a person is named by a random id only."""

from django.urls import path

from salawaku.registry import declaration_views, event_views, views

urlpatterns = [
    path("", views.worker_list, name="worker_list"),
    path("cari/", views.worker_search, name="worker_search"),
    path("unduh/", views.worker_export, name="worker_export"),
    path("gabungan/<uuid:public_id>/batal/", views.merge_undo, name="merge_undo"),
    path("<uuid:public_id>/", views.worker_detail, name="worker_detail"),
    path("<uuid:public_id>/nik/", views.worker_unmask, name="worker_unmask"),
    path("<uuid:public_id>/meninggal/", views.worker_death, name="worker_death"),
    path("<uuid:public_id>/keterangan/", declaration_views.worker_declare, name="worker_declare"),
    path(
        "<uuid:public_id>/keterangan/<uuid:declaration_id>/berkas/",
        declaration_views.worker_evidence,
        name="worker_evidence",
    ),
    path("<uuid:public_id>/gabung/<uuid:other_id>/", views.worker_merge, name="worker_merge"),
    path("<uuid:public_id>/perubahan/", event_views.worker_event, name="worker_event"),
    path(
        "<uuid:public_id>/perubahan/<uuid:event_id>/batal/", event_views.worker_event_undo, name="worker_event_undo"
    ),
]
