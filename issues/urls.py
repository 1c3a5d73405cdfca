"""Addresses of observations, ärenden and åtgärder: Swedish paths, English names, one function each."""

from django.urls import URLPattern, register_converter

from issues.numbers import NumberConverter

register_converter(NumberConverter, "number")

app_name = "issues"

observations: list[URLPattern] = []

issues: list[URLPattern] = []

actions: list[URLPattern] = []

urlpatterns = observations + issues + actions
