"""Addresses of sponsors and donors."""

from django.urls import path

from salawaku.sponsors.views import board, deductions, donors, people, pledges

SPONSOR, PLEDGE = "bapak-asuh/asn/<uuid:public_id>/", "bapak-asuh/kesanggupan/<uuid:public_id>/"
PROMISE = "donatur/janji/<uuid:public_id>/"

urlpatterns = [
    path("bapak-asuh/", board.sponsor_board, name="sponsor_board"),
    path("bapak-asuh/tanpa-bapak-asuh/", board.sponsor_without, name="sponsor_without"),
    path("bapak-asuh/jodohkan/", board.sponsor_match, name="sponsor_match"),
    path("bapak-asuh/asn/", people.sponsor_list, name="sponsor_list"),
    path(SPONSOR, people.sponsor_detail, name="sponsor_detail"),
    path(f"{SPONSOR}kesanggupan/", people.sponsor_pledge, name="sponsor_pledge"),
    path(f"{SPONSOR}berhenti/", people.sponsor_leave, name="sponsor_leave"),
    path(f"{SPONSOR}pindah/", people.sponsor_move, name="sponsor_move"),
    path("bapak-asuh/kesanggupan/", pledges.pledge_list, name="pledge_list"),
    path(PLEDGE, pledges.pledge_detail, name="pledge_detail"),
    path(f"{PLEDGE}terima/", pledges.pledge_accept, name="pledge_accept"),
    path(f"{PLEDGE}tarik/", pledges.pledge_withdraw, name="pledge_withdraw"),
    path(f"{PLEDGE}lepas/", pledges.pledge_undo, name="pledge_undo"),
    path(f"{PLEDGE}surat-kuasa/", pledges.pledge_paper, name="pledge_paper"),
    path("bapak-asuh/potongan/", deductions.deduction_page, name="deduction_page"),
    path("bapak-asuh/potongan/berkas/", deductions.deduction_file, name="deduction_file"),
    path("bapak-asuh/potongan/tangan/", deductions.deduction_hand, name="deduction_hand"),
    path("bapak-asuh/potongan/hasil/", deductions.deduction_return, name="deduction_return"),
    path("donatur/", donors.donor_list, name="donor_list"),
    path("donatur/<uuid:public_id>/", donors.donor_detail, name="donor_detail"),
    path("donatur/<uuid:public_id>/janji/", donors.donor_promise, name="donor_promise"),
    path(f"{PROMISE}terima/", donors.promise_accept, name="promise_accept"),
    path(f"{PROMISE}laporan/", donors.promise_report, name="promise_report"),
    path(f"{PROMISE}laporan/pdf/", donors.promise_pdf, name="promise_pdf"),
]
