"""Pages of the programmes room."""

from django.urls import path

from salawaku.programmes.views import (
    agreements,
    allocations,
    criteria,
    decrees,
    optimum,
    programmes,
    purses,
    renewal,
    waiting,
)

urlpatterns = [
    path("program/", programmes.programme_list, name="programme_list"),
    path("program/baru/", programmes.programme_new, name="programme_new"),
    path("program/<uuid:public_id>/", programmes.programme_detail, name="programme_detail"),
    path("program/<uuid:public_id>/kriteria/", criteria.programme_criteria, name="programme_criteria"),
    path("program/<uuid:public_id>/kriteria/bukti/", criteria.programme_evidence, name="programme_evidence"),
    path("program/<uuid:public_id>/kuota/", programmes.programme_quotas, name="programme_quotas"),
    path("program/<uuid:public_id>/kuota/tabel/", programmes.programme_quota_table, name="programme_quota_table"),
    path("program/<uuid:public_id>/dana/", programmes.programme_purse, name="programme_purse"),
    path("perjanjian/", agreements.agreement_list, name="agreement_list"),
    path("perjanjian/baru/", agreements.agreement_new, name="agreement_new"),
    path("perjanjian/<uuid:public_id>/", agreements.agreement_detail, name="agreement_detail"),
    path("perjanjian/<uuid:public_id>/ubah/", agreements.agreement_change, name="agreement_change"),
    path("perjanjian/<uuid:public_id>/berkas/", agreements.agreement_document, name="agreement_document"),
    path("dana/<uuid:public_id>/", purses.purse_detail, name="purse_detail"),
    path("dana/<uuid:public_id>/ubah/", purses.purse_change, name="purse_change"),
    path("program/<uuid:public_id>/tahun-depan/", renewal.programme_renew, name="programme_renew"),
    path("program/<uuid:public_id>/buka/", renewal.programme_in_force, name="programme_in_force"),
    path("program/<uuid:public_id>/usulkan/", allocations.allocation_new, name="allocation_new"),
    path("program/<uuid:public_id>/antrean/", waiting.programme_waiting, name="programme_waiting"),
    path("program/<uuid:public_id>/antrean/isi/", waiting.programme_fill, name="programme_fill"),
    path(
        "program/<uuid:public_id>/antrean/<str:village>/",
        waiting.programme_waiting_village,
        name="programme_waiting_village",
    ),
    path(
        "program/<uuid:public_id>/antrean/<str:village>/unduh/",
        waiting.programme_waiting_export,
        name="programme_waiting_export",
    ),
    path("usulan/<uuid:public_id>/", allocations.allocation_detail, name="allocation_detail"),
    path("usulan/<uuid:public_id>/optimum/", optimum.allocation_optimum, name="allocation_optimum"),
    path("usulan/<uuid:public_id>/setujui/", allocations.allocation_approve, name="allocation_approve"),
    path("usulan/<uuid:public_id>/tolak/", allocations.allocation_refuse, name="allocation_refuse"),
    path("usulan/<uuid:public_id>/tarik/", allocations.allocation_withdraw, name="allocation_withdraw"),
    path("usulan/<uuid:public_id>/keputusan/", decrees.decree_new, name="decree_new"),
    path("usulan/<uuid:public_id>/keputusan/kemajuan/", decrees.allocation_freezing, name="allocation_freezing"),
    path("keputusan/<uuid:public_id>/", decrees.decree_detail, name="decree_detail"),
    path("keputusan/<uuid:public_id>/periksa/", decrees.decree_check, name="decree_check"),
    path("keputusan/<uuid:public_id>/berkas/<uuid:file_id>/", decrees.decree_file, name="decree_file"),
]
