from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Register for `issues` the texts of decisions, which minutes tell a word for good, what keeps an issue, what
        agendas have of one that is struck, the originals that nobody could open, and the way back to the room; and what
        is told by mail.
        """
        from issues.models import Answer, DoneReport, Escalation, Event, NilReport, Progress
        from issues.naming import CLOSED_TO_ALL
        from issues.striking import ELSEWHERE
        from issues.triage import KEPT_BY
        from issues.way_back import WAYS_BACK
        from meetings.agenda.keeping import agenda_that_keeps
        from meetings.agenda.striking import ON_AGENDAS
        from meetings.calling import about_meetings_to_end
        from meetings.contact_calls import still_presenting
        from meetings.minutes.originals import originals_closed_to_all
        from meetings.minutes.telling import (
            minutes_that_tell,
            minutes_that_tell_calm,
            minutes_that_tell_done,
            minutes_that_tell_escalation,
            minutes_that_tell_progress,
        )
        from meetings.minutes_mails import of_mailed_minutes
        from meetings.models.decision import decision_words
        from meetings.models.minutes_copy import gets_minutes
        from meetings.notices import KINDS, causes_since, pages_of_meetings
        from meetings.room import POINT
        from meetings.views.room import way_to_room
        from members.models.outside_contact import IN_USE
        from members.outbox.kinds import PAGES, SOURCES, STILL_ASKED, register

        Event.SOURCES["decision"] = decision_words
        Answer.TOLD_IN.append(minutes_that_tell)
        DoneReport.TOLD_IN.append(minutes_that_tell_done)
        Escalation.TOLD_IN.append(minutes_that_tell_escalation)
        NilReport.TOLD_IN.append(minutes_that_tell_calm)
        Progress.TOLD_IN.append(minutes_that_tell_progress)
        CLOSED_TO_ALL.append(originals_closed_to_all)
        KEPT_BY.append(agenda_that_keeps)
        ELSEWHERE.append(ON_AGENDAS)
        WAYS_BACK[POINT] = way_to_room
        register(*KINDS)
        SOURCES.append(causes_since)
        STILL_ASKED.append(about_meetings_to_end)
        STILL_ASKED.append(of_mailed_minutes)
        IN_USE.extend([still_presenting, gets_minutes])
        PAGES["meeting"] = pages_of_meetings
