"""What of the register is a member's own: every key that leads to her, in her file or left out with a reason.

A new key to a member stands in `PARTS` or in `LEFT_OUT`, else a test fails. Only columns that are named are told.
No name of another is. Of another's words in a row of hers only those that are said to her are: the reason why what she
reported was rejected, and the note of an item as it stands when she wrote in it last.
"""

from __future__ import annotations

from dataclasses import dataclass

ISSUE = "assignment__action__issue"
CAME = ("capacity", "channel")


@dataclass(frozen=True)
class OwnPart:
    """The rows that one key leads to her from, under a heading, newest first.

    columns            what is told of each, by the path of its field
    issue, observation the paths to what may be restricted: where she is not named, its rows are not told. What she
                       reported stays hers
    """

    key: str
    heading: str
    columns: tuple[str, ...]
    issue: str = ""
    observation: str = ""

    @property
    def model(self) -> str:
        return self.key.rpartition(".")[0]

    @property
    def member(self) -> str:
        """The field that is her."""
        return self.key.rpartition(".")[2]


PARTS = (
    OwnPart("members.Seat.member", "Platser i gruppen", ("organisation", "role", "period")),
    OwnPart("members.AnswersFor.member", "Organisationer du svarar för", ("organisation", "created_at")),
    OwnPart("members.Invitation.member", "Inbjudningar till dig", ("invited_at", "invited_by")),
    OwnPart("members.Invitation.invited_by", "Medlemmar som du har bjudit in", ("member", "invited_at")),
    OwnPart("members.NoticeChoice.member", "Hur du har valt att få mejl", ("subject", "how", "updated_at")),
    OwnPart("members.QuietHours.member", "När du inte vill ha mejl", ("begin", "end", "on_days_off", "updated_at")),
    OwnPart("members.Notice.member", "Mejl till dig", ("due_at", "state", "sent_to", "settled_at")),
    OwnPart("members.NoticeStep.by", "Mejl som du har sett till", ("kind", "at")),
    OwnPart("meetings.Presence.member", "Närvaro på möten", ("meeting", "organisation", "capacity")),
    OwnPart(
        "meetings.OrganisationAtMeeting.excused_ordinary",
        "Förhinder som är noterade när du var ordinarie",
        ("meeting", "organisation"),
    ),
    OwnPart(
        "meetings.OrganisationAtMeeting.excused_deputy",
        "Förhinder som är noterade när du var ersättare",
        ("meeting", "organisation"),
    ),
    OwnPart("meetings.CalendarFeed.member", "Adress som din kalender läser mötena från", ("created_at", "updated_at")),
    OwnPart(
        "meetings.CallAnswer.member", "Dina svar på kallelser", ("meeting", "said_at", "answer", "words", "channel")
    ),
    OwnPart("meetings.Appendix.added_by", "Bilagor du har lagt till", ("name", "created_at"), "item__issue"),
    OwnPart(
        "meetings.Appendix.removed_by",
        "Bilagor du har tagit bort",
        ("name", "removed_at", "why_removed"),
        "item__issue",
    ),
    OwnPart("meetings.Meeting.chair", "Möten där du är ordförande", ("starts_at", "place")),
    OwnPart("meetings.Meeting.secretary", "Möten där du är sekreterare", ("starts_at", "place")),
    OwnPart("meetings.Presenter.member", "Punkter du är föredragande för", ("item__meeting",), "item__issue"),
    OwnPart("meetings.MeetingSeries.chair", "Mötesserier där du är ordförande", ("name", "place")),
    OwnPart("meetings.MeetingSeries.secretary", "Mötesserier där du är sekreterare", ("name", "place")),
    OwnPart("meetings.AgendaItem.added_by", "Punkter du har lagt till", ("meeting", "created_at"), "issue"),
    OwnPart("meetings.AgendaItem.noted_by", "Noteringar du skrev sist i", ("meeting", "noted_at", "note"), "issue"),
    OwnPart(
        "meetings.RoundNote.written_by",
        "Det du skrev sist för en organisation i laget runt",
        ("item__meeting", "organisation", "written_at", "text"),
        "item__issue",
    ),
    OwnPart(
        "meetings.TableAnswer.written_by",
        "Svar vid bordet som du har skrivit in",
        (
            *("proposed__decision__item__meeting", "organisation", "written_at", "kind", "reason", "text"),
            *("next_step", "planned", "planned_words", "passed_to"),
        ),
        "proposed__decision__issue",
    ),
    OwnPart(
        "meetings.ItemDraft.written_by",
        "Utkast du skrev sist i på en punkt",
        (
            "item__meeting",
            "written_at",
            "text",
            "to",
            "feedback",
            "despite",
            "what",
            "why",
            "wished_words",
            "next_step",
            "planned_words",
            "title",
            "opens",
            "note",
        ),
        "item__issue",
    ),
    OwnPart(
        "meetings.Decision.decided_by",
        "Beslut du har skrivit in",
        ("item__meeting", "created_at", "kind", "text", "outcome", "feedback", "despite"),
        "item__issue",
    ),
    OwnPart("meetings.Minutes.made_by", "Mötesanteckningar du har avslutat", ("meeting", "version", "made_at")),
    OwnPart(
        "meetings.AnnexPart.made_by",
        "Bilagor med begränsad spridning som sparades när du avslutade eller rättade ett möte",
        ("minutes__meeting", "issue", "version", "made_at"),
        "issue",
    ),
    OwnPart("meetings.RegistryEntry.by", "Vad du har noterat om diariet", ("minutes__meeting", "at", "kind")),
    OwnPart("meetings.Approver.member", "Möten där du är vald att justera", ("meeting", "created_at", "is_chosen")),
    OwnPart(
        "meetings.Approval.by",
        "Vad du har sagt eller noterat om justering",
        ("minutes__meeting", "minutes__version", "at", "kind", "text", "signed_on"),
    ),
    OwnPart("meetings.MaskedMinutes.masked_by", "Maskerade kopior du har gjort", ("minutes__meeting", "masked_at")),
    OwnPart(
        "meetings.MaskedAnnexPart.masked_by",
        "Maskerade bilagor du har gjort",
        ("part__minutes__meeting", "part__issue", "masked_at"),
        "part__issue",
    ),
    OwnPart(
        "meetings.OriginalOpening.member",
        "Omaskerade original du har öppnat",
        ("minutes__meeting", "at", "how"),
    ),
    OwnPart(
        "issues.Observation.reporter",
        "Observationer du har rapporterat",
        (
            *("created_at", "organisation", "source", "category", "where", "place", "seen_from", "seen_to"),
            *("precision", "unsafe", "recurring", "handled", "police_report", "text", "for_meeting", "state"),
            *("state_since", "corrected_at", "rejection", "restricted"),
        ),
    ),
    OwnPart(
        "issues.NilReport.by",
        "Inget att rapportera",
        ("created_at", "organisation", "first_day", "last_day", *CAME),
    ),
    OwnPart("issues.Note.by", "Anteckningar", ("issue", "created_at", "text", "corrected_at", "withdrawn_at"), "issue"),
    OwnPart(
        "issues.Answer.by",
        "Svar du har gett",
        (
            *(ISSUE, "assignment__organisation", "given_at", "kind", "reason", "text", "next_step", "planned"),
            *("planned_words", "done_on", "cost_band", "passed_to", *CAME, "withdrawn_at"),
        ),
        ISSUE,
    ),
    OwnPart(
        "issues.Answer.withdrawn_by", "Svar du har tagit tillbaka", (ISSUE, "withdrawn_at", "withdrawn_why"), ISSUE
    ),
    OwnPart(
        "issues.Progress.by",
        "Hur långt det har kommit",
        (ISSUE, "created_at", "text", "channel", "withdrawn_at"),
        ISSUE,
    ),
    OwnPart(
        "issues.Escalation.by",
        "Åtgärder du har eskalerat",
        ("action__issue", "created_at", "to", "registry_no", "raised_on", "withdrawn_at"),
        "action__issue",
    ),
    OwnPart(
        "issues.Ruling.by",
        "Beslut efter eskalering som du har noterat",
        ("escalation__action__issue", "created_at", "decision", "decided_on", "withdrawn_at"),
        "escalation__action__issue",
    ),
    OwnPart(
        "issues.DateChange.by",
        "Datum du har ändrat",
        (ISSUE, "created_at", "old", "old_words", "new", "new_words", "reason", "channel"),
        ISSUE,
    ),
    OwnPart(
        "issues.Assignment.asked_by",
        "Frågor du har skickat",
        ("action__issue", "organisation", "asked_at", "message", "answer_due"),
        "action__issue",
    ),
    OwnPart(
        "issues.Assignment.handler",
        "Åtgärder där du är handläggare",
        ("action__issue", "organisation", "external_ref", "budget_year", "cost_band"),
        "action__issue",
    ),
    OwnPart("issues.Issue.opened_by", "Ärenden du har öppnat", ("number", "created_at"), "pk"),
    OwnPart("issues.Action.created_by", "Åtgärder du har skrivit in", ("issue", "created_at"), "issue"),
    OwnPart("issues.Closure.by", "Ärenden du har avslutat", ("issue", "at", "outcome", "feedback", "despite"), "issue"),
    OwnPart("issues.Event.by", "Händelser av dig i ärenden", ("issue", "at", "kind", *CAME), "issue", "observation"),
    OwnPart("issues.Follower.member", "Ärenden du följer", ("issue", "created_at"), "issue"),
    OwnPart("issues.AccessGrant.member", "Begränsad spridning där du är namngiven", ("issue", "created_at"), "issue"),
    OwnPart(
        "issues.Opening.member", "Begränsad spridning du har öppnat", ("issue", "at", "how"), "issue", "observation"
    ),
    OwnPart("issues.Tombstone.by", "Sådant du har tagit bort", ("at", "why")),
    OwnPart("redaction.Redaction.by", "Maskeringar du har gjort", ("at", "kind")),
    OwnPart(
        "redaction.RedactedPlace.member",
        "Inlästa tabeller som togs bort när något i dem maskerades",
        ("redaction__at",),
    ),
    OwnPart("imports.Import.member", "Tabeller du har läst in det senaste dygnet", ("read_at", "done_at")),
    OwnPart("ui.SentForm.member", "Formulär du har skickat de senaste 30 dagarna", ("sent_at",)),
    OwnPart("ui.KeptPassage.by", "Ord du valde att behålla när registret frågade", ("at",)),
)

SAVED_LAST = (
    "Vem som senast sparade en rad sägs inte av raden: det du har gjort står för sig, som händelser och ändringar."
)
LEFT_OUT_BY_NAME = {"updated_by": SAVED_LAST, "state_by": SAVED_LAST}
LEFT_OUT = {
    "meetings.CallAnswer.noted_by": "Det är en annans svar.",
    "meetings.Meeting.correcting_by": "Det står där bara medan mötet rättas.",
    "meetings.PresenceBefore.member": "Det är samma närvaro som den på mötet, och finns bara medan mötet rättas.",
    "account.EmailAddress.user": "Tabellen hör till inloggningens bibliotek och används inte.",
    "pghistory.MiddlewareEvents.user": "Det är ingen tabell: historikens rader räknas under Ändringar.",
}
"""Keys to a member that her file does not follow, and why not."""

CHANGED = {
    "members.Member": "Medlemmar",
    "members.Organisation": "Organisationer",
    "members.Seat": "Platser i gruppen",
    "members.Group": "Gruppens inställningar",
    "members.ContactPoint": "Kontaktvägar",
    "meetings.Meeting": "Möten",
    "meetings.CallAnswer": "Svar på kallelser",
}
"""The tables whose history is counted. Of issues and observations her events tell, without those that are hidden."""

OUTSIDE = (
    "Lösenordet: det är sparat i en form som ingen kan läsa.",
    "Dina inloggningar: de ligger kodade, går inte att söka fram per medlem och försvinner efter 30 dagar.",
    "Vilka webbläsare du har loggat in i: det står bara i en kaka i var och en av dem.",
    "Säkerhetsloggen: den som sköter driften har den. Den innehåller ditt nummer i registret, inte ditt namn.",
    "Det som hör till begränsad spridning där du inte är namngiven.",
    "Säkerhetskopior, mejl som är skickade och dokument som andra har sparat.",
)
"""What may be kept of her and is not in the file, told to her as it is."""
