from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "issues"

    def ready(self) -> None:
        """Register the places among the names that a password is not made of."""
        from issues.models import Place
        from members import passwords

        passwords.NAMES.append(Place.objects.names)
