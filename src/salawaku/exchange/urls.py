"""Pages of the exchange room."""

from django.urls import path

from salawaku.exchange.views import feedback, match, profile, registration

urlpatterns = [
    path("", registration.exchange_home, name="exchange_home"),
    path("pendaftaran/", registration.registration_check, name="registration_check"),
    path("pendaftaran/<uuid:public_id>/", registration.registration_detail, name="registration_detail"),
    path("pendaftaran/<uuid:public_id>/berkas/", registration.registration_file, name="registration_file"),
    path("kolom/", profile.profile_edit, name="profile_edit"),
    path("kolom/unduh/", profile.profile_download, name="profile_download"),
    path("kolom/unggah/", profile.profile_upload, name="profile_upload"),
    path("balasan/", feedback.feedback_list, name="feedback_list"),
    path("balasan/<uuid:public_id>/", feedback.feedback_detail, name="feedback_detail"),
    path("balasan/<uuid:public_id>/pertanyaan/<int:question_id>/", feedback.feedback_settle, name="feedback_settle"),
    path("ditolak/", feedback.rejected_list, name="rejected_list"),
    path("dukcapil/", match.match_list, name="match_list"),
    path("dukcapil/<uuid:public_id>/", match.match_detail, name="match_detail"),
    path("dukcapil/<uuid:public_id>/hasil/", match.match_answer, name="match_answer"),
]
