"""Addresses of the machine interface."""

from django.urls import path

from salawaku.api.v1 import api

urlpatterns = [path("v1/", api.urls)]
