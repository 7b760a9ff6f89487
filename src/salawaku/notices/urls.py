"""Addresses of the notices room."""

from django.urls import path

from salawaku.notices import calendar_views, views

urlpatterns = [
    path("pemberitahuan/", views.notice_list, name="notice_list"),
    path("pemberitahuan/terbaca/", views.notices_read_all, name="notices_read_all"),
    path("pemberitahuan/pengaturan/", views.notice_preferences, name="notice_preferences"),
    path("pemberitahuan/whatsapp/", views.outbox, name="outbox"),
    path("pemberitahuan/whatsapp/<uuid:public_id>/terkirim/", views.outbox_sent, name="outbox_sent"),
    path("pemberitahuan/kalender/", calendar_views.calendar_settings, name="calendar_settings"),
    path("pemberitahuan/kalender/cabut/", calendar_views.calendar_revoke, name="calendar_revoke"),
    path("pemberitahuan/<uuid:public_id>/buka/", views.notice_open, name="notice_open"),
    path("pemberitahuan/<uuid:public_id>/singkirkan/", views.notice_dismiss, name="notice_dismiss"),
    path("kalender/<slug:token>.ics", calendar_views.calendar_feed, name="calendar_feed"),
]
