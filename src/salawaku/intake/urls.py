"""Addresses of intake; lists and pairs are named by random ids, rows by their number in the database."""

from django.urls import path

from salawaku.intake import views

urlpatterns = [
    path("", views.file_list, name="intake_list"),
    path("kirim/", views.file_upload, name="intake_upload"),
    path("format/", views.blank_download, name="intake_blank"),
    path("periksa/", views.review, name="intake_review"),
    path("pasangan/<uuid:public_id>/", views.pair_decide, name="intake_pair"),
    path("<uuid:public_id>/", views.file_detail, name="intake_file"),
    path("<uuid:public_id>/kemajuan/", views.file_progress, name="intake_progress"),
    path("<uuid:public_id>/ulang/", views.file_recheck, name="intake_recheck"),
    path("<uuid:public_id>/kolom/", views.file_mapping, name="intake_mapping"),
    path("<uuid:public_id>/tandai/", views.file_marked, name="intake_marked"),
    path("<uuid:public_id>/sahkan/", views.file_confirm, name="intake_confirm"),
    path("<uuid:public_id>/tarik/", views.file_withdraw, name="intake_withdraw"),
    path("<uuid:public_id>/periksa/", views.review, name="intake_file_review"),
    path("<uuid:public_id>/baris/<int:row_id>/", views.row_mend, name="intake_row"),
]
