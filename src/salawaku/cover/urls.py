"""Pages of the cover room."""

from django.urls import path

from salawaku.cover import payment_views, views

urlpatterns = [
    path("perlindungan/", views.cover_board, name="cover_board"),
    path("perlindungan/gugur/", views.lapse_list, name="cover_lapses"),
    path("perlindungan/desa/", views.village_list, name="cover_villages"),
    path("perlindungan/tagihan/", views.bill_list, name="bill_list"),
    path("perlindungan/pembayaran/", payment_views.payments, name="payments"),
    path("perlindungan/pembayaran/<int:line_id>/", payment_views.payment_line, name="payment_line"),
    path("perlindungan/pembayaran/<int:line_id>/cocok/", payment_views.payment_line_match, name="payment_line_match"),
    path(
        "perlindungan/pembayaran/<int:line_id>/bukan/",
        payment_views.payment_line_set_aside,
        name="payment_line_set_aside",
    ),
]
