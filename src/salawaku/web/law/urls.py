"""The law for everybody: two calculators and the register of parameters."""

from django.urls import path

from salawaku.web.law import views

urlpatterns = [
    path("kalkulator/", views.calculator, name="calculator"),
    path("kalkulator/iuran/", views.contribution, name="law_contribution"),
    path("kalkulator/santunan/", views.benefit, name="law_benefit"),
    path("hukum/", views.register, name="law_register"),
    path("hukum/<str:parameter>/", views.parameter, name="law_parameter"),
]
