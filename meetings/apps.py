from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Register where the events of `issues` find the text of a decision, and which minutes tell a word for good."""
        from issues.models import Answer, Event, NilReport
        from meetings.minutes.telling import minutes_that_tell, minutes_that_tell_calm
        from meetings.models.decision import decision_words

        Event.SOURCES["decision"] = decision_words
        Answer.TOLD_IN.append(minutes_that_tell)
        NilReport.TOLD_IN.append(minutes_that_tell_calm)
