"""Pages of the cover room."""

from django.urls import path

from salawaku.cover import bridge_views, january_views, lapse_views, payment_views, reconcile_views, views

urlpatterns = [
    path("perlindungan/", views.cover_board, name="cover_board"),
    path("perlindungan/gugur/", lapse_views.lapse_list, name="cover_lapses"),
    path("perlindungan/gugur/unduh/", lapse_views.lapse_export, name="lapse_export"),
    path("perlindungan/desa/", views.village_list, name="cover_villages"),
    path("perlindungan/celah/", views.gap_forecast, name="cover_gaps"),
    path("perlindungan/januari/", january_views.january, name="january_plan"),
    path("perlindungan/jembatan/", bridge_views.bridge, name="bridge"),
    path("perlindungan/jembatan/<uuid:public_id>/", bridge_views.months_release, name="months_release"),
    path("perlindungan/tagihan/", views.bill_list, name="bill_list"),
    path("perlindungan/pembayaran/", payment_views.payments, name="payments"),
    path("perlindungan/pembayaran/<int:line_id>/", payment_views.payment_line, name="payment_line"),
    path("perlindungan/pembayaran/<int:line_id>/cocok/", payment_views.payment_line_match, name="payment_line_match"),
    path(
        "perlindungan/pembayaran/<int:line_id>/bukan/",
        payment_views.payment_line_set_aside,
        name="payment_line_set_aside",
    ),
    path("perlindungan/rekonsiliasi/", reconcile_views.reconcile_list, name="reconcile_list"),
    path("perlindungan/rekonsiliasi/<uuid:public_id>/", reconcile_views.reconcile_detail, name="reconcile_detail"),
    path(
        "perlindungan/rekonsiliasi/<uuid:public_id>/setujui/",
        reconcile_views.reconcile_sign_off,
        name="reconcile_sign_off",
    ),
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
