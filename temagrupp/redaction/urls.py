"""Addresses of masking. None of them has the words that are looked for."""

from django.urls import path

from temagrupp.redaction import views

app_name = "redaction"

urlpatterns = [
    path("maskera/", views.redact, name="redact"),
    path("maskera/utfor/", views.redact_save, name="save"),
    path("maskera/text/<slug:table>/<slug:column>/<slug:key>/", views.redact_text, name="redact_text"),
    path("maskeringar/", views.redaction_list, name="list"),
    path("maskeringar/<int:pk>/", views.redaction_detail, name="detail"),
]
