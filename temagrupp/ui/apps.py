from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "temagrupp.ui"
    label = "ui"
