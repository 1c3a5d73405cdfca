"""What stands as it was said: guards of answers, of what is asked, and of what has been sorted, done or closed.

The verbs ask for the state first and answer with who was first; this is met by what goes round them.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings

from base.records.guards import Guard, changed

REOPEN_FIRST = "Öppna det igen om något mer ska göras."
CLOSED = "Ärendet är avslutat"
RESTORE_FIRST = "Återställ det om det inte var ett misstag."
STRUCK = "Ärendet är struket"

COUNTER = Guard(
    name="counter_only_forwards",
    sentence="Numret är redan taget. Inget är ändrat.",
    # Where § go on may be set again, as long as none of them is given: that no two have the same the meetings say.
    condition=pgtrigger.Q(new__last__lte=pgtrigger.F("old__last"))
    & ~pgtrigger.Q(old__series="paragraph")
    & changed("last")
    | changed("series", "year"),
)
ANSWER = [
    Guard(
        name="answer_never_changes",
        sentence="Svaret är redan lämnat. Inget är ändrat.",
        condition=changed(
            *("assignment", "kind", "reason", "text", "next_step", "cost_band", "passed_to"),
            *("planned", "planned_precision", "planned_words", "done_on"),
            *("by", "capacity", "channel", "given_at"),
        ),
    ),
    Guard(
        name="answer_never_goes",
        sentence="Ett svar som är lämnat finns kvar. Inget är ändrat.",
        operation=pgtrigger.Delete,
    ),
    Guard(
        name="answer_withdrawn_for_good",
        sentence="Svaret är redan taget tillbaka. Inget är ändrat.",
        condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
    ),
]
PROGRESS = [
    Guard(
        name="progress_never_changes",
        sentence="Läget är redan skrivet. Inget är ändrat.",
        condition=changed("assignment", "text", "by", "channel"),
    ),
    Guard(
        name="progress_withdrawn_for_good",
        sentence="Läget är redan taget tillbaka. Inget är ändrat.",
        condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
    ),
]
ESCALATION = [
    Guard(
        name="escalation_never_changes",
        sentence="Åtgärden är redan eskalerad. Inget är ändrat.",
        condition=changed("action", "assignment", "rung", "to", "raised_on", "by"),
    ),
    Guard(
        name="escalation_taken_back_for_good",
        sentence="Eskaleringen är redan tillbakatagen. Inget är ändrat.",
        condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
    ),
]
RULING = [
    Guard(
        name="ruling_never_changes",
        sentence="Beslutet är redan noterat. Inget är ändrat.",
        condition=changed("escalation", "decision", "decided_on", "by"),
    ),
    Guard(
        name="ruling_taken_back_for_good",
        sentence="Beslutet är redan taget tillbaka. Inget är ändrat.",
        condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
    ),
]
ASSIGNMENT = [
    Guard(
        name="question_never_changes",
        sentence="Frågan är redan ställd. Inget är ändrat.",
        condition=changed("action", "organisation", "message"),
    ),
    Guard(
        name="asked_question_keeps_its_day",
        sentence="Frågan är redan ställd. Inget är ändrat.",
        condition=pgtrigger.Q(old__asked_at__isnull=False, new__asked_at__isnull=False)
        & (pgtrigger.Q(new__asked_by__isnull=False) | pgtrigger.Q(new__asked_channel="link"))
        & changed("asked_at", "asked_by", "asked_channel"),
    ),
    Guard(
        name="ended_assignment_is_fixed",
        sentence="Frågan har lämnats till någon annan. Inget är ändrat.",
        condition=pgtrigger.Q(old__ended_at__isnull=False, new__ended_at__isnull=False)
        & changed(
            *("asked_at", "asked_by", "asked_channel", "answer_due", "answer", "external_ref", "ended_at"),
            *("planned", "planned_precision", "planned_words", "stands_still"),
            *("handler", "budget_year", "cost_band"),
        ),
    ),
    Guard(
        name="answered_question_never_goes",
        sentence="Frågan är redan besvarad. Inget är ändrat.",
        operation=pgtrigger.Delete,
        when_there_is="SELECT FROM issues_answer WHERE assignment_id = OLD.id",
    ),
]
ACTION = [
    Guard(
        name="action_keeps_its_words",
        sentence="Åtgärden står som den föreslogs. Inget är ändrat.",
        condition=changed(
            *("issue", "title", "text", "term", "created_by", "wished", "wished_precision", "wished_words")
        ),
    ),
    Guard(
        name="ended_action_is_fixed",
        sentence="Åtgärden är redan avslutad. Inget är ändrat.",
        # That it is done may be taken back: then it is asked again, or goes on as it did before.
        condition=(
            pgtrigger.Q(old__state="cancelled")
            | pgtrigger.Q(old__state="done") & ~pgtrigger.Q(new__state__in=["proposed", "accepted", "ongoing"])
        )
        & changed("state", "done_at", "done_on", "done_note"),
    ),
]
ISSUE = [
    Guard(
        name="issue_keeps_its_number",
        sentence="Ett ärende behåller sitt nummer. Inget är ändrat.",
        condition=changed("year", "serial", "opened_by"),
    ),
    Guard(
        name="closed_issue_is_fixed",
        sentence=f"{CLOSED}. {REOPEN_FIRST}",
        condition=pgtrigger.Q(old__state="closed")
        & (
            changed("kind", "title", "text", "category", "where", "place", "need", "influence")
            | pgtrigger.Q(new__state="closed") & changed("closure", "state_since", "state_by")
        ),
    ),
    Guard(
        name="struck_issue_is_fixed",
        sentence=f"{STRUCK}. {RESTORE_FIRST}",
        condition=pgtrigger.Q(old__state="struck", new__state="struck")
        & changed("kind", "title", "text", "category", "where", "place", "need", "influence"),
    ),
]
AS_REPORTED = changed(
    *("source", "category", "where", "place", "seen_from", "seen_to", "precision", "unsafe", "recurring"),
    *("handled", "police_report", "text", "for_meeting", "corrected_at"),
)
ATTACHED_AT_ONCE = pgtrigger.Q(
    old__state="attached", old__state_by=pgtrigger.F("old__reporter"), old__state_since=pgtrigger.F("old__created_at")
)
"""By its reporter, as she reported it: nobody has sorted it."""
OBSERVATION = [
    Guard(
        name="observation_keeps_its_reporter",
        sentence="En observation har kvar sin rapportör. Inget är ändrat.",
        condition=changed("client_key", "reporter", "organisation"),
    ),
    Guard(
        name="sorted_observation_is_fixed",
        sentence="Observationen är redan sorterad. Inget är ändrat.",
        condition=~(pgtrigger.Q(old__state="new") | ATTACHED_AT_ONCE) & AS_REPORTED,
    ),
    Guard(
        name="observation_fixed_when_others_go_on",
        sentence="Det har hänt mer i ärendet sedan dess. Inget är ändrat.",
        condition=ATTACHED_AT_ONCE & AS_REPORTED,
        when_there_is="""
            SELECT FROM issues_event
            WHERE issue_id = OLD.issue_id AND id > (SELECT max(id) FROM issues_event WHERE observation_id = OLD.id)
                AND kind NOT IN ('observed', 'taken_back', 'reminded') AND by_id IS DISTINCT FROM OLD.reporter_id
        """,
    ),
    Guard(
        name="withdrawn_observation_is_gone",
        sentence="Observationen är tillbakatagen. Inget är ändrat.",
        condition=pgtrigger.Q(old__state="withdrawn") & changed("state", "issue", "rejection"),
    ),
]
NIL_REPORT = [
    Guard(
        name="nil_report_never_changes",
        sentence="Det är redan sagt. Inget är ändrat.",
        condition=changed("organisation", "first_day", "last_day", "by", "capacity", "channel"),
    ),
    Guard(
        name="nil_report_is_of_days_that_have_been",
        sentence="Dagen har inte varit än. Inget är sparat.",
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition(f"NEW.last_day > (NEW.created_at AT TIME ZONE '{settings.TIME_ZONE}')::date"),
    ),
    Guard(
        name="nil_report_is_of_a_member_of_the_group",
        sentence="Organisationen var inte med i gruppen hela den perioden. Inget är sparat.",
        operation=pgtrigger.Insert,
        when_there_is="""
            SELECT FROM members_organisation
            WHERE id = NEW.organisation_id AND (active_from > NEW.first_day OR active_to < NEW.last_day)
        """,
    ),
]
NOTE = [
    Guard(
        name="note_keeps_its_writer",
        sentence="En anteckning har kvar sin författare. Inget är ändrat.",
        condition=changed("issue", "by"),
    ),
    Guard(
        name="note_taken_back_for_good",
        sentence="Anteckningen är tillbakatagen. Inget är ändrat.",
        condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
    ),
]
EVENT = Guard(
    name="event_is_of_its_issue",
    sentence="Det som ska stå i händelserna hör inte till ärendet. Inget är sparat.",
    operation=pgtrigger.Insert,
    first="NEW.recorded_at := clock_timestamp();",
    when_there_is="""
        SELECT FROM issues_action WHERE id = NEW.action_id AND issue_id <> NEW.issue_id
        UNION ALL SELECT FROM issues_closure WHERE id = NEW.closure_id AND issue_id <> NEW.issue_id
        UNION ALL SELECT FROM issues_note WHERE id = NEW.note_id AND issue_id <> NEW.issue_id
        UNION ALL SELECT FROM issues_assignment
            WHERE id = NEW.assignment_id AND action_id IS DISTINCT FROM NEW.action_id
        UNION ALL SELECT FROM issues_answer
            WHERE id = NEW.answer_id AND assignment_id IS DISTINCT FROM NEW.assignment_id
        UNION ALL SELECT FROM issues_datechange
            WHERE id = NEW.date_change_id AND assignment_id IS DISTINCT FROM NEW.assignment_id
        UNION ALL SELECT FROM issues_progress
            WHERE id = NEW.progress_id AND assignment_id IS DISTINCT FROM NEW.assignment_id
        UNION ALL SELECT FROM issues_escalation
            WHERE id = NEW.escalation_id AND action_id IS DISTINCT FROM NEW.action_id
    """,
)
"""What it points at belongs together. When the line came is the database's to say, whatever `at` tells."""
