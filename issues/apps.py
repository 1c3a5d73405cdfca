from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "issues"

    def ready(self) -> None:
        """Register the places and categories among the names that everybody here knows."""
        from base.records.personal_data import NAMES
        from issues.models import Category, Place

        NAMES.extend([(Place, "name"), (Category, "name")])
