"""Addresses of intake; lists and pairs are named by random ids, rows by their number in the database."""

from django.urls import path

from salawaku.intake.views import columns, file, files, review, rows, settle

urlpatterns = [
    path("", files.files, name="intake_list"),
    path("kirim/", files.upload, name="intake_upload"),
    path("format/", files.blank, name="intake_blank"),
    path("periksa/", review.review, name="intake_review"),
    path("pasangan/<uuid:public_id>/", review.pair, name="intake_pair"),
    path("pasangan/<uuid:public_id>/nik/", review.pair_unmask, name="intake_pair_unmask"),
    path("<uuid:public_id>/", file.file_page, name="intake_file"),
    path("<uuid:public_id>/kemajuan/", file.progress, name="intake_progress"),
    path("<uuid:public_id>/ulang/", file.recheck, name="intake_recheck"),
    path("<uuid:public_id>/kolom/", columns.columns, name="intake_mapping"),
    path("<uuid:public_id>/tandai/", file.marked, name="intake_marked"),
    path("<uuid:public_id>/sahkan/", settle.confirm, name="intake_confirm"),
    path("<uuid:public_id>/tarik/", settle.withdraw, name="intake_withdraw"),
    path("<uuid:public_id>/periksa/", review.review, name="intake_file_review"),
    path("<uuid:public_id>/baris/<int:row_id>/", rows.row, name="intake_row"),
    path("<uuid:public_id>/baris/<int:row_id>/nik/", rows.row_unmask, name="intake_row_unmask"),
]
