from django.apps import AppConfig


class RedactionConfig(AppConfig):
    """What reaches over all apps' texts; its tables are written by the database's own function alone."""

    name = "temagrupp.redaction"
    label = "redaction"

    def ready(self) -> None:
        """What was masked is known when somebody sends it again, and why a table was removed where it was."""
        from base.imports.removed import WHY_REMOVED
        from base.records.masked import ENSURE_NOT_AGAIN, IS_MASKED_SINCE
        from temagrupp.redaction.again import ensure_not_masked_again, is_masked_since
        from temagrupp.redaction.removed import why_removed

        ENSURE_NOT_AGAIN.append(ensure_not_masked_again)
        IS_MASKED_SINCE.append(is_masked_since)
        WHY_REMOVED.append(why_removed)
