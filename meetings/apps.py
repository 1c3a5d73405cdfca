from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Register where the events of `issues` find the text of a decision, and which minutes tell an answer."""
        from issues.models import Answer, Event
        from meetings.minutes.telling import minutes_that_tell
        from meetings.models.decision import decision_words

        Event.SOURCES["decision"] = decision_words
        Answer.TOLD_IN.append(minutes_that_tell)
