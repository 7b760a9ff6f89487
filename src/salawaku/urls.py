"""All addresses of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("salawaku.web.urls")),
    path("", include("salawaku.web.law.urls")),
    path("pengaturan/wilayah/", include("salawaku.regions.urls")),
    path("pengaturan/", include("salawaku.accounts.urls")),
    path("api/", include("salawaku.api.urls")),
    path("pekerja/", include("salawaku.registry.urls")),
    path("daftar/", include("salawaku.intake.urls")),
    path("akun/", include("allauth.urls")),
    path("", include("salawaku.programmes.urls")),
    path("", include("salawaku.cover.urls")),
    path("", include("salawaku.notices.urls")),
    path("", include("salawaku.sponsors.urls")),
    path("pertukaran/", include("salawaku.exchange.urls")),
]
