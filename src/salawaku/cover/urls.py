"""Pages of the cover room."""

from django.urls import path

from salawaku.cover import views

urlpatterns = [
    path("perlindungan/", views.cover_board, name="cover_board"),
    path("perlindungan/gugur/bulan-ini/", views.lapse_list, {"months_ahead": 0}, name="lapses_this_month"),
    path("perlindungan/gugur/bulan-depan/", views.lapse_list, {"months_ahead": 1}, name="lapses_next_month"),
    path("perlindungan/desa/", views.village_list, name="cover_villages"),
    path("perlindungan/tagihan/", views.bill_list, name="bill_list"),
    path("perlindungan/pembayaran/", views.payments, name="payments"),
]
