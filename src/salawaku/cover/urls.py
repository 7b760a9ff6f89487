"""Pages of the cover room."""

from django.urls import path

from salawaku.cover import reconcile_views, views

urlpatterns = [
    path("perlindungan/", views.cover_board, name="cover_board"),
    path("perlindungan/gugur/", views.lapse_list, name="cover_lapses"),
    path("perlindungan/desa/", views.village_list, name="cover_villages"),
    path("perlindungan/celah/", views.gap_forecast, name="cover_gaps"),
    path("perlindungan/tagihan/", views.bill_list, name="bill_list"),
    path("perlindungan/pembayaran/", views.payments, name="payments"),
    path("perlindungan/rekonsiliasi/", reconcile_views.reconcile_list, name="reconcile_list"),
    path("perlindungan/rekonsiliasi/<uuid:public_id>/", reconcile_views.reconcile_detail, name="reconcile_detail"),
    path(
        "perlindungan/rekonsiliasi/<uuid:public_id>/tutup/", reconcile_views.reconcile_close, name="reconcile_close"
    ),
    path(
        "perlindungan/rekonsiliasi/<uuid:public_id>/selisih/<int:difference_id>/",
        reconcile_views.reconcile_settle,
        name="reconcile_settle",
    ),
    path(
        "perlindungan/rekonsiliasi/<uuid:public_id>/selisih/<int:difference_id>/ambil/",
        reconcile_views.reconcile_take,
        name="reconcile_take",
    ),
]
