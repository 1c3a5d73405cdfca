from django.apps import AppConfig


class RedactionConfig(AppConfig):
    """What reaches over all apps' texts; its tables are written by the database's own function alone."""

    name = "temagrupp.redaction"
    label = "redaction"

    def ready(self) -> None:
        """What was masked is known when somebody sends it again."""
        from base.records.masked import ENSURE_NOT_AGAIN
        from temagrupp.redaction.again import ensure_not_masked_again

        ENSURE_NOT_AGAIN.append(ensure_not_masked_again)
