from django.apps import AppConfig


class RedactionConfig(AppConfig):
    """What reaches over all apps' texts; its tables are written by the database's own function alone."""

    name = "temagrupp.redaction"
    label = "redaction"
