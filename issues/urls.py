"""Addresses of observations, ärenden and åtgärder: Swedish paths, English names, one function each."""

from django.urls import URLPattern, path, register_converter

from issues.numbers import NumberConverter
from issues.views import observation

register_converter(NumberConverter, "number")

app_name = "issues"

observations: list[URLPattern] = [
    path("rapportera/", observation.report, name="report"),
    path("rapportera/tack/<int:pk>/", observation.report_sent, name="report_sent"),
    path("observationer/", observation.observation_list, name="observation_list"),
    path("observationer/<int:pk>/", observation.observation_detail, name="observation_detail"),
]

issues: list[URLPattern] = []

actions: list[URLPattern] = []

urlpatterns = observations + issues + actions
