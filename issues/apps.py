from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "issues"

    def ready(self) -> None:
        """Register the places and categories among the names that everybody here knows, and what is told by mail."""
        from base.records.personal_data import NAMES
        from issues.models import Category, Place
        from issues.notices import KINDS, causes_since, of_hidden_issues
        from members.outbox.kinds import HIDDEN, SOURCES, register

        NAMES.extend([(Place, "name"), (Category, "name")])
        register(*KINDS)
        SOURCES.append(causes_since)
        HIDDEN.append(of_hidden_issues)
