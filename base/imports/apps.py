from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "base.imports"
    label = "imports"
