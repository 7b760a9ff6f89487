"""Pages of the cover room."""

from django.urls import path

from salawaku.cover import views

urlpatterns = [
    path("perlindungan/", views.cover_board, name="cover_board"),
    path("perlindungan/gugur/", views.lapse_list, name="cover_lapses"),
    path("perlindungan/desa/", views.village_list, name="cover_villages"),
    path("perlindungan/tagihan/", views.bill_list, name="bill_list"),
    path("perlindungan/pembayaran/", views.payments, name="payments"),
]
