"""Addresses of the settings."""

from django.urls import path

from salawaku.accounts.views import people, rights, trail

urlpatterns = [
    path("", rights.settings, name="settings"),
    path("orang/", people.people_list, name="people_list"),
    path("orang/baru/", people.person_open, name="person_open"),
    path("orang/<uuid:public_id>/", people.person_detail, name="person_detail"),
    path("orang/<uuid:public_id>/peran/", people.person_give, name="person_give"),
    path("orang/<uuid:public_id>/peran/<int:given_id>/ambil/", people.person_take, name="person_take"),
    path("orang/<uuid:public_id>/tutup/", people.person_close, name="person_close"),
    path("orang/<uuid:public_id>/buka/", people.person_reopen, name="person_reopen"),
    path("orang/<uuid:public_id>/undang/", people.person_invite, name="person_invite"),
    path("peran/", rights.role_list, name="role_list"),
    path("peran/<slug:code>/", rights.role_detail, name="role_detail"),
    path("jejak/", trail.trail_list, name="trail_list"),
    path("jejak/nik/", trail.unmask_list, name="unmask_list"),
    path("kunci/", rights.key_list, name="key_list"),
    path("kunci/<uuid:public_id>/cabut/", rights.key_revoke, name="key_revoke"),
]
