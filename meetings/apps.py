from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Register where the events of `issues` find the text of a decision."""
        from issues.models import Event
        from meetings.models.decision import decision_words

        Event.SOURCES["decision"] = decision_words
