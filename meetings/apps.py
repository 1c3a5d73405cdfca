from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """The timeline of an issue tells what a meeting decided in the decision's own words."""
        from issues.models import Event
        from meetings.models.decision import decision_words

        Event.SOURCES["decision"] = decision_words
