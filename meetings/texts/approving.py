"""The sentences about approval: on the page of the minutes, in the mail, on the start page, in the receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from base.swedish.words import capital, listed, swedish_moment
from meetings.approvals import Approvals, ApprovalSaid, ApproverRow, by_whom
from meetings.minutes.correcting import APPROVERS
from meetings.minutes.present import WRITES
from meetings.models import Approval, Approver, Meeting, Minutes
from meetings.texts.calling import the_meeting
from members.models import Member, MinutesWords

TO_DO = "Läs och justera"
TO_READ = "Läs {}"
UNTIL_IT_STANDS = "Det går att ta tillbaka i tio minuter, om den inte lämnas till diariet dessförinnan."


def chosen(called: MinutesWords) -> str:
    """In the mail that has them: Du är vald att justera protokollet."""
    definite, them = called.definite, called.them
    return (
        f"Du är vald att justera {definite}. Läs {them}, och justera {them} på sidan eller skriv vad du vill ha rättat."
    )


def to_approve(line: str) -> str:
    """The subject of the mail that has them, to her who is to approve: Att justera: protokoll från mötet …"""
    return f"Att justera: {line[:1].lower()}{line[1:]}"


def nobody_chosen(called: MinutesWords) -> str:
    return f"Ingen är vald att justera {called.definite}."


def to_be_struck(approver: Approver, why: str) -> str:
    """Before the meeting closes: Omar Prov är vald att justera, men stryks: hen står inte som närvarande."""
    return f"{approver} är vald att justera, men stryks när mötet avslutas: {why}."


def approvers_told(corrected: Minutes) -> list[str]:
    """Of a version that struck approvers whom, and that nobody is chosen any longer; to her who saved it."""
    told = [one["text"] for one in corrected.content["corrected"]["changes"] if one["text"].startswith(f"{APPROVERS}:")]
    is_nobody = told and not corrected.content["approvers"]
    return [*told, nobody_chosen(corrected.called)] if is_nobody else told


def struck_as_secretary(approver: Approver) -> str:
    """In the receipt of who is secretary now."""
    return f"{approver} är inte längre vald att justera, för {WRITES}."


def approval_lines(approvals: Approvals, *, today: date) -> list[str]:
    """How far it has come, version by version, the first first; nothing where nobody is to approve or has."""
    earlier = [(run, approvals.approved_in(run)) for run in approvals.runs[:-1]]
    lines = [f"{_versions(run)} justerades av {by_whom(marks, today=today)}." for run, marks in earlier if marks]
    if not approvals.latest:
        return lines
    version, marks = _versions(approvals.latest), approvals.approved
    if marks:
        lines.append(f"{version} är justerad av {by_whom(marks, today=today)}.")
    waiting = [row.approver.person for row in approvals.waiting]
    if waiting and marks:
        lines.append(f"{listed(waiting)} har inte justerat den än.")
    elif waiting:
        lines.append(f"{version} är inte justerad. Den ska justeras av {listed(waiting)}.")
    elif lines and not marks:
        lines.append(f"{version} är inte justerad.")
    return lines


def _versions(run: Sequence[int]) -> str:
    """Version 2. · Version 2, och version 3 som bara har ett annat diarienummer,"""
    first, *same = run
    if not same:
        return f"Version {first}"
    return f"Version {first}, och version {listed([f'{one}' for one in same])} med nytt diarienummer,"


def wish_head(row: ApproverRow, wish: ApprovalSaid, replaced_by: int | None, *, today: date) -> str:
    """Gun Prototyp vill ha något rättat i version 1, i dag 14.10. · … ville ha något rättat i version 1, som version 2
    har ersatt, …
    """
    moment = swedish_moment(wish.at, today=today)
    if replaced_by:
        replaced = f"som version {replaced_by} har ersatt"
        return f"{row.approver.person} ville ha något rättat i version {wish.version}, {replaced}, {moment}"
    return f"{row.approver.person} vill ha något rättat i version {wish.version}, {moment}"


def headline(waiting: Sequence[MinutesWords]) -> str:
    """To her who is to approve, what waits on her, as each is called: Protokollet väntar på att du justerar det."""
    if not waiting:
        return ""
    if len(waiting) == 1:
        return f"{capital(waiting[0].definite)} väntar på att du justerar {waiting[0].them}."
    several = listed([*dict.fromkeys(called.collected for called in waiting)])
    return f"{capital(several)} väntar på att du justerar dem."


def chosen_line(meeting: Meeting, called: MinutesWords) -> str:
    """Du är vald att justera minnesanteckningarna från mötet onsdag 25 november."""
    return f"Du är vald att justera {called.definite} från {the_meeting(meeting)}{meeting.its_time}."


def wished_line(wish: Approval, called: MinutesWords) -> str:
    """Omar Prov vill ha något rättat i minnesanteckningarna från mötet onsdag 25 november."""
    meeting, where = wish.minutes.meeting, called.definite
    return f"{wish.approver} vill ha något rättat i {where} från {the_meeting(meeting)}{meeting.its_time}."


def receipt(approval: Approval) -> str:
    version = f"Version {approval.minutes.version}"
    match approval.kind:
        case Approval.Kind.APPROVED if approval.signed_on:
            return f"{version} är noterad som justerad på papper av {approval.approver}."
        case Approval.Kind.APPROVED:
            return f"{version} är justerad. {UNTIL_IT_STANDS}"
        case Approval.Kind.TAKEN_BACK:
            return f"Justeringen av {version.lower()} är tillbakatagen."
    return "Önskemålet är sparat. Det står på sidan för dem som leder mötet, skriver eller justerar."


def chosen_receipt(people: Sequence[str]) -> str:
    return f"Justerare: {listed([*people])}." if people else "Ingen är vald att justera."


def who_reads_wishes(mailed: Sequence[Member]) -> str:
    """Who gets what she writes, by mail where it is anybody."""
    if not mailed:
        return "Det står på sidan för dem som leder mötet, skriver eller justerar."
    names = listed([str(one) for one in mailed])
    return f"Det mejlas till {names}, och står på sidan för dem som leder mötet, skriver eller justerar."
