"""What stands as it was when its meeting closed. Reopening sets the meeting under way first, and then it is open."""

from __future__ import annotations

import pgtrigger

from base.records.guards import Guard, changed
from base.swedish.passages import MASK

NO_WORDS = (
    *("shape", "number", "starts_at", "started_at", "closed_at", "ended_at", "entered", "called"),
    *("key", "kind", "rule", "state", "issue"),
)
"""What of the content of minutes is data, by its names: numbers, times and codes."""

CHANGED_MEANWHILE = "Mötet är avslutat. Inget är ändrat."

MEETING = Guard(
    name="closed_meeting_is_fixed",
    sentence="Mötet är avslutat och kan inte ändras.",
    condition=pgtrigger.Q(old__state="closed")
    & (
        changed(
            *("starts_at", "ends_at", "is_extra", "is_short", "started_at", "sequence", "numbering", "is_on_paper"),
        )
        | pgtrigger.Q(old__correcting_since__isnull=True)
        & changed("place", "chair", "secretary", "held_from", "held_to")
        | pgtrigger.Q(new__state="closed") & changed("closed_at", "state_since", "state_by")
        | ~pgtrigger.Q(new__state__in=["closed", "under_way"])
        | pgtrigger.Q(old__sent_at__isnull=False) & changed("state", "sent_at")
    ),
)
"""When and where it was held, and who led it, is corrected with the minutes."""
CANCELLED_MEETING = Guard(
    name="cancelled_meeting_is_fixed",
    sentence="Mötet är inställt och kan inte ändras.",
    condition=pgtrigger.Q(old__state="cancelled")
    & (
        changed("starts_at", "ends_at", "is_extra", "chair", "secretary", "started_at", "closed_at")
        | pgtrigger.Q(new__state="cancelled") & changed("sequence", "state_since", "state_by")
        | ~pgtrigger.Q(new__state__in=["cancelled", "planned"])
        | pgtrigger.Q(old__sent_at__isnull=False) & changed("state", "sent_at")
    ),
)
"""It is planned again by taking that back, until it has been sent. In its place and its reason words may be masked."""
MEETING_NUMBER = Guard(
    name="meeting_keeps_its_number",
    sentence="Ett möte behåller sitt nummer. Inget är ändrat.",
    condition=changed("year", "serial", "calendar_host")
    | pgtrigger.Q(old__paragraphs_from__isnull=False) & changed("paragraph_year", "paragraphs_from"),
)
OF_A_MEETING = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when_there_is="SELECT FROM meetings_meeting WHERE state = 'closed' AND id IN (OLD.meeting_id, NEW.meeting_id)",
)
"""Of what names its meeting: its headings, answers to the call."""
ATTENDANCE = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when_there_is="""
        SELECT FROM meetings_meeting
        WHERE state = 'closed' AND correcting_since IS NULL AND id IN (OLD.meeting_id, NEW.meeting_id)
    """,
)
"""Who was there is corrected with the minutes."""
ITEM = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when_there_is="""
        SELECT FROM meetings_meeting WHERE state = 'closed' AND id IN (OLD.meeting_id, NEW.meeting_id)
        AND (correcting_since IS NULL OR (OLD.meeting_id, OLD.heading_id, OLD.position, OLD.removed, OLD.deferred)
            IS DISTINCT FROM (NEW.meeting_id, NEW.heading_id, NEW.position, NEW.removed, NEW.deferred))
    """,
)
"""What was noted is corrected with the minutes. Which items there were, and where, stands: they are known by number."""
NONE_WHERE_CANCELLED = Guard(
    name="none_of_a_cancelled_meeting",
    sentence="Mötet är inställt. Inget är ändrat.",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when_there_is="""
        SELECT FROM meetings_meeting WHERE state = 'cancelled' AND id = NEW.meeting_id
        AND OLD.meeting_id IS DISTINCT FROM NEW.meeting_id
    """,
)
"""Nothing comes to it; what stood there waits for another meeting, and follows its issue meanwhile."""
OF_AN_ITEM = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when_there_is="""
        SELECT FROM meetings_agendaitem item JOIN meetings_meeting meeting ON meeting.id = item.meeting_id
        WHERE meeting.state = 'closed' AND item.id IN (OLD.item_id, NEW.item_id)
    """,
)
WRITTEN_ON_AN_ITEM = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when_there_is="""
        SELECT FROM meetings_agendaitem item JOIN meetings_meeting meeting ON meeting.id = item.meeting_id
        WHERE meeting.state = 'closed' AND meeting.correcting_since IS NULL AND item.id IN (OLD.item_id, NEW.item_id)
    """,
)
"""What was decided and said in the round: it is corrected with the minutes."""
DECISION_ASKS = Guard(
    name="decision_to_propose_has_an_action",
    sentence="Beslutet föreslår ingen åtgärd. Inget är sparat.",
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    when_there_is="""
        SELECT FROM meetings_decision decision WHERE id = NEW.id AND kind = 'propose'
        AND NOT EXISTS (SELECT FROM meetings_proposedaction WHERE decision_id = decision.id)
    """,
)
"""Asked when all is written: what a decision asks for comes after it, and goes with it when it is struck."""
PROPOSED_ACTION = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Delete,
    when_there_is="""
        SELECT FROM meetings_decision decision JOIN meetings_agendaitem item ON item.id = decision.item_id
        JOIN meetings_meeting meeting ON meeting.id = item.meeting_id
        WHERE meeting.state = 'closed' AND meeting.correcting_since IS NULL
        AND decision.id IN (OLD.decision_id, NEW.decision_id)
    """,
)
TABLE_ANSWER = Guard(
    name="fixed_when_its_meeting_closed",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert | pgtrigger.Delete,
    when_there_is="""
        SELECT FROM meetings_proposedaction proposed
        JOIN meetings_decision decision ON decision.id = proposed.decision_id
        JOIN meetings_agendaitem item ON item.id = decision.item_id
        JOIN meetings_meeting meeting ON meeting.id = item.meeting_id
        WHERE meeting.state = 'closed' AND meeting.correcting_since IS NULL
        AND proposed.id IN (OLD.proposed_id, NEW.proposed_id)
    """,
)
TABLE_ANSWER_SAID = Guard(
    name="table_answer_is_what_was_said",
    sentence="Svaret ändras inte. Ta bort det och skriv ett nytt. Inget är ändrat.",
    condition=changed("proposed", "organisation", "kind", "reason", "planned", "planned_precision", "passed_to"),
)
DRAFTED = (
    *("text", "to", "feedback", "despite", "what", "why", "wished_words", "next_step", "planned_words"),
    *("external_ref", "title", "opens", "note"),
)
"""The columns of a draft that are typed in."""
CHOSEN = ("answer", "accepted", "done", "declined", "question", "passed_on", "priority")
"""The parts in which what is chosen says something without a word."""
DRAFT_KEPT = Guard(
    name="draft_is_emptied_before_it_goes",
    sentence="Det finns ett utkast på punkten. Inget är borttaget.",
    operation=pgtrigger.Delete,
    condition=pgtrigger.Condition(
        f"""concat({", ".join(f'OLD."{name}"' for name in DRAFTED)}) <> ''
        OR OLD.choices <> '{{}}'::jsonb AND OLD.part IN {CHOSEN}"""
    ),
)
"""What is typed goes with nothing, whoever goes round the verbs."""
ROUND_NOTE_KEPT = Guard(
    name="round_note_is_emptied_before_it_goes",
    sentence="Det står något från laget runt på punkten. Inget är borttaget.",
    operation=pgtrigger.Delete,
    condition=~pgtrigger.Q(old__text=""),
)
DECISION_NUMBER = Guard(
    name="decision_keeps_its_number",
    sentence="Ett beslut behåller sitt nummer. Inget är ändrat.",
    condition=pgtrigger.Q(old__serial__isnull=False) & changed("year", "serial"),
)
MINUTES = Guard(
    name="minutes_are_of_a_closing",
    sentence="En version fryses när mötet avslutas. Inget är sparat.",
    operation=pgtrigger.Insert,
    when_there_is="""
        SELECT FROM meetings_meeting meeting WHERE meeting.id = NEW.meeting_id AND (meeting.state <> 'closed'
            OR NEW.corrects IS NOT NULL AND meeting.correcting_since IS NULL
            OR NEW.corrects IS NULL AND meeting.closed_at IS DISTINCT FROM NEW.made_at AND NOT EXISTS (
                SELECT FROM (SELECT content FROM meetings_minutes WHERE meeting_id = NEW.meeting_id
                    ORDER BY version DESC LIMIT 1) before
                WHERE before.content - '{registry_no,registered}'::text[]
                    = NEW.content - '{registry_no,registered}'::text[]
                AND before.content->'registry_no' IS DISTINCT FROM NEW.content->'registry_no'))
    """,
)
"""With `minutes_once_of_a_closing` nobody adds a version that no closing made, but one that corrects the one before it
while the meeting is open for that, or has another diarienummer and all else as that."""

ANNEX_PART = Guard(
    name="annex_part_is_of_a_closing",
    sentence="Bilagan med begränsad spridning fryses när mötet avslutas eller rättas. Inget är sparat.",
    operation=pgtrigger.Insert,
    when_there_is="""
        SELECT FROM meetings_minutes minutes JOIN meetings_meeting meeting ON meeting.id = minutes.meeting_id
        WHERE minutes.id = NEW.minutes_id AND (meeting.state <> 'closed'
            OR meeting.correcting_since IS NULL AND meeting.closed_at IS DISTINCT FROM NEW.made_at
            OR (SELECT count(*) FILTER (WHERE part.made_at = NEW.made_at) > 0
                    OR coalesce(max(part.version), 0) + 1 <> NEW.version
                    OR count(*) = 0 AND NOT EXISTS
                        (SELECT FROM issues_issue issue WHERE issue.id = NEW.issue_id AND issue.restricted)
                FROM meetings_annexpart part JOIN meetings_minutes frozen ON frozen.id = part.minutes_id
                WHERE frozen.meeting_id = minutes.meeting_id AND part.issue_id = NEW.issue_id))
    """,
)
"""Each is the next version of what the meeting's annex says of the issue, once of each moment: that of the closing, or
any while the meeting is open to be corrected. The first is of an issue that is restricted."""


def _only_masked(name: str, sentence: str, *, table: str, of: str) -> Guard:
    """The guard of a masked copy: part by part as what it is a copy of, its row `of` the table, and then as the copy
    was, with nothing but masks instead of words.
    """
    return Guard(
        name=name,
        sentence=sentence,
        operation=pgtrigger.Insert | pgtrigger.Update,
        when_there_is=rf"""
        WITH RECURSIVE part (name, was, becomes) AS (
            SELECT '', CASE WHEN TG_OP = 'INSERT' THEN (SELECT content FROM {table} WHERE id = NEW.{of})
                WHEN OLD.{of} = NEW.{of} THEN OLD.content END, NEW.content
            UNION ALL
            SELECT coalesce(under.name, part.name), under.was, under.becomes FROM part, LATERAL (
                SELECT name, before.value, after.value
                FROM jsonb_each(CASE jsonb_typeof(was) WHEN 'object' THEN was ELSE '{{}}' END) AS before (name, value)
                FULL JOIN jsonb_each(CASE jsonb_typeof(becomes) WHEN 'object' THEN becomes ELSE '{{}}' END)
                    AS after (name, value) USING (name)
                UNION ALL
                SELECT NULL, before.value, after.value
                FROM jsonb_array_elements(CASE jsonb_typeof(was) WHEN 'array' THEN was ELSE '[]' END)
                    WITH ORDINALITY AS before (value, place)
                FULL JOIN jsonb_array_elements(CASE jsonb_typeof(becomes) WHEN 'array' THEN becomes ELSE '[]' END)
                    WITH ORDINALITY AS after (value, place) USING (place)
            ) AS under (name, was, becomes) WHERE under.was IS DISTINCT FROM under.becomes
        )
        SELECT FROM part WHERE CASE
            WHEN jsonb_typeof(was) = jsonb_typeof(becomes) AND jsonb_typeof(was) IN ('object', 'array') THEN true
            WHEN jsonb_typeof(was) = 'string' AND jsonb_typeof(becomes) = 'string' AND name NOT IN {NO_WORDS}
            THEN was #>> '{{}}' LIKE
                replace(regexp_replace(becomes #>> '{{}}', '([\\%_])', '\\\1', 'g'), '{MASK}', '_%')
            ELSE was = becomes END IS NOT TRUE
    """,  # noqa: S608  of the names and the mask above
    )


MASKED_MINUTES = _only_masked(
    "masked_minutes_are_masked",
    "I den maskerade kopian kan bara ord maskeras. Inget är ändrat.",
    table="meetings_minutes",
    of="minutes_id",
)
MASKED_ANNEX_PART = _only_masked(
    "masked_annex_part_is_masked",
    "I den maskerade kopian av bilagan kan bara ord maskeras. Inget är ändrat.",
    table="meetings_annexpart",
    of="part_id",
)

MASKED_BY = Guard(
    name="masked_with_its_words",
    sentence="När och av vem det maskerades står kvar. Inget är ändrat.",
    condition=~changed("content") & changed("masked_at", "masked_by"),
)
"""They change where words are masked, and not by themselves."""

CLOSED_MEETING_OF = """
    SELECT FROM meetings_meeting meeting WHERE meeting.state = 'closed' AND meeting.id IN
        (NEW.meeting_id, (SELECT item.meeting_id FROM meetings_agendaitem item WHERE item.id = NEW.item_id))
"""
NO_APPENDIX_AFTERWARDS = Guard(
    name="no_appendix_of_a_closed_meeting",
    sentence=CHANGED_MEANWHILE,
    operation=pgtrigger.Insert,
    when_there_is=CLOSED_MEETING_OF,
)
APPENDIX = Guard(
    name="appendix_is_what_was_added",
    sentence="En bilaga är den fil som lades till. Inget är ändrat.",
    condition=changed("kind", "size", "digest", "meeting", "item", "added_by"),
)
APPENDIX_NAME = Guard(
    name="appendix_keeps_its_name",
    sentence=CHANGED_MEANWHILE,
    condition=changed("name"),
    when_there_is=CLOSED_MEETING_OF,
)
APPENDIX_PART = Guard(
    name="appendix_has_its_own_bytes",
    sentence="En bilaga är den fil som lades till. Inget är ändrat.",
    operation=pgtrigger.Insert,
    when_there_is="""
        SELECT FROM meetings_appendix appendix WHERE appendix.id = NEW.appendix_id AND (appendix.erased_at IS NOT NULL
            OR appendix.size < octet_length(NEW.content) + (SELECT coalesce(sum(octet_length(part.content)), 0)
                FROM meetings_appendixpart part WHERE part.appendix_id = appendix.id))
    """,
)
"""No more than what its digest is of."""
APPENDIX_PART_KEPT = Guard(
    name="appendix_keeps_its_bytes",
    sentence="Bilagan finns kvar. Inget är ändrat.",
    operation=pgtrigger.Delete,
    when_there_is="SELECT FROM meetings_appendix WHERE id = OLD.appendix_id AND erased_at IS NULL",
)

APPROVER = Guard(
    name="approver_was_at_the_meeting",
    sentence="Den som justerar ska ha varit med på mötet. Inget är ändrat.",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when_there_is="""
        SELECT FROM meetings_meeting meeting WHERE meeting.id = NEW.meeting_id AND NEW.is_chosen
        AND OLD.is_chosen IS DISTINCT FROM NEW.is_chosen
        AND NEW.member_id IS DISTINCT FROM meeting.chair_id AND NEW.member_id IS DISTINCT FROM meeting.secretary_id
        AND NOT EXISTS (SELECT FROM meetings_presence there WHERE there.meeting_id = NEW.meeting_id
            AND (there.member_id = NEW.member_id OR NEW.member_id IS NULL AND lower(there.name) = lower(NEW.name)))
    """,
)
APPROVER_STANDS = Guard(
    name="approver_is_one_person",
    sentence="En justerare är den som valdes. Inget är ändrat.",
    condition=changed("meeting", "member", "name", "title", "home"),
)
APPROVAL = Guard(
    name="approval_is_of_what_stands",
    sentence="Versionen kan inte justeras så. Inget är ändrat.",
    operation=pgtrigger.Insert,
    when_there_is="""
        SELECT FROM meetings_minutes minutes JOIN meetings_meeting meeting ON meeting.id = minutes.meeting_id
            JOIN meetings_approver approver ON approver.id = NEW.approver_id
        WHERE minutes.id = NEW.minutes_id AND (approver.meeting_id <> meeting.id OR meeting.state <> 'closed'
            OR NEW.kind <> 'taken back' AND (NOT approver.is_chosen OR minutes.made_at < meeting.closed_at
                OR NEW.signed_on IS NULL AND NEW.by_id IS DISTINCT FROM approver.member_id
                OR EXISTS (SELECT FROM meetings_minutes later
                    WHERE later.meeting_id = meeting.id AND later.version > minutes.version))
            OR NEW.kind = 'approved' AND meeting.correcting_since IS NOT NULL
            OR NEW.kind <> 'wished' AND (NEW.kind = 'approved') = coalesce((SELECT said.kind = 'approved'
                FROM meetings_approval said WHERE said.approver_id = NEW.approver_id
                AND said.minutes_id = NEW.minutes_id AND said.kind <> 'wished' ORDER BY said.at DESC, said.id DESC
                LIMIT 1), false))
    """,
)
"""An approver says it herself of the version that stands, or somebody notes what she has signed on paper."""
