from django.apps import AppConfig


class TemagruppConfig(AppConfig):
    """The composition: it owns no table, only the commands, the start page and the addresses."""

    name = "temagrupp"
