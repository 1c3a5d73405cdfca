from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Owns no table: its story is told through the verbs of the other apps."""

    name = "demo"
