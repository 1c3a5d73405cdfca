"""The address in a question at which the organisation answers it without signing in: signed over the handover.

Whoever has it answers as the organisation, and by nobody's name (docs/adr/0032). It follows the handover: whoever is
asked anew has another, and it ends with the matter. In a mail to a member it is a copy of hers, which ends as well when
she no longer answers for the organisation, or has another address than the mail went to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from base.records import Conflict
from base.records.stateful import NOTHING_CHANGED
from issues.models import Action, Assignment, DoneReport, Event
from issues.models.answer import TIME_TO_WITHDRAW
from issues.models.status import SAID
from members.actor import Actor, Channel
from members.models import AnswersFor, Member, Organisation, Seat
from members.outbox.mailed_to import is_mailed_to, seal_of

SIGNER = signing.Signer(salt="issues.answer_link")
TOKEN = re.compile(r"(?<![\w.-])[\w.-]+:[\w-]{43}", re.ASCII)
FOREIGN_TO_IT = re.compile(r"[^\w.:/-]", re.ASCII)
VALID_FOR = timedelta(days=365)
RENEWED_AFTER = timedelta(days=180)
"""What is mailed of a question so old has a link that holds longer: for half a year at least, whenever it is mailed."""
OPEN_IN = SAID - {Action.State.DONE}
ENDS = (Event.Kind.DONE, Event.Kind.MOVED)
NO_LINK = f"Åtgärden har ingen länk som går att svara med. {NOTHING_CHANGED}"
NEWER_LINK = f"Länken du såg gäller inte längre, och en nyare är på väg eller skickad. {NOTHING_CHANGED}"


@dataclass(frozen=True)
class LinkedQuestion:
    """What a link leads to: the handover, and whether there is more to say of it by the link.

    Where there is not, it has just been said by link that it is done or another's, and the page owes a receipt of that.
    """

    question: Assignment
    is_open: bool

    @property
    def action(self) -> Action:
        action: Action = self.question.action
        return action


def address_for(question: Assignment, to: Member | None = None) -> str:
    """The address by which it is answered, in a mail to a member or to the organisation's mailbox.

    Of nothing restricted: whoever opens it need not be named. One that is mailed half a year after the question, or
    later, says how many half years, and holds as much longer.
    """
    copy = f".{to.pk}.{seal_of(to)}" if to else ""
    age = timezone.now() - question.asked_at if question.asked_at else timedelta()
    later = f".{age // RENEWED_AFTER}" if age >= RENEWED_AFTER else ""
    return reverse("issues:answer_link", args=[SIGNER.sign(f"{question.pk}.{question.link_nonce}{copy}{later}")])


def read(token: str, *, at: datetime | None = None, locked: bool = False) -> LinkedQuestion | None:
    """What the link leads to at that moment; None where it is none, or none any longer.

    `locked` for the rest of the transaction, so that it is so still when something is said of it.
    """
    try:
        pk, nonce, *copy = SIGNER.unsign(token).split(".")
    except signing.BadSignature:
        return None
    later = int(copy.pop()) if len(copy) % 2 else 0
    actions = Action.objects.with_assignments().filter(assignments=int(pk), assignments__link_nonce=nonce or None)
    action = (actions.select_for_update(of=("self",)) if locked else actions).first()
    handovers = action.assignments.all() if action else []
    question = next((each for each in handovers if each.link_nonce == nonce), None)  # another, while it waited
    at = at or timezone.now()
    if action is None or question is None or not _is_valid(question, at, later):
        return None
    if copy and not _is_still_hers(copy, question):
        return None
    is_open = question.ended_at is None and action.state in OPEN_IN
    return LinkedQuestion(question, is_open) if is_open or _has_just_ended(question, at) else None


def mended(sent: str) -> str:
    """The token in an address to which a mail program has added a sign, or which it has broken into lines; else empty.

    Whoever has all of a token has the link; what stands after it tells nobody more.
    """
    found = TOKEN.match(FOREIGN_TO_IT.sub("", sent).lstrip("/"))
    return found[0] if found and read(found[0]) else ""


def print_of(question: Assignment) -> str:
    """A few signs by which a page tells one link of the question from the next, and by which nobody opens it."""
    sealed = f"{question.pk}.{question.link_nonce}"
    return salted_hmac("issues.answer_link.print", sealed, algorithm="sha256").hexdigest()[:12]


def can_be_voided(action: Action) -> bool:
    """Whether anything can be said by the link of its current handover."""
    issue, nonce = action.issue, action.current.link_nonce
    return bool(nonce) and action.state in OPEN_IN and not issue.restricted and not issue.is_struck


@transaction.atomic
def void_link(question: Assignment, *, by: Actor, version: str = "", at: datetime | None = None) -> None:
    """Let the links that have been mailed open nothing; the next mail carries a new one. The timeline tells who did it.

    Raises EditConflict when the action changed since `version`, Conflict when nothing can be said by link of it.
    """
    action = question.action
    action.lock(version)
    shown = Assignment.objects.filter(pk=question.pk, ended_at=None, link_nonce=question.link_nonce)
    if not shown or not can_be_voided(action):
        raise Conflict(NO_LINK)
    shown.renew_links()
    action.issue.record(Event.Kind.LINK_ENDED, by=by, at=at, action=action, assignment=question)


def end_links_of(organisation: Organisation) -> None:
    """Let what was mailed to the organisation's old address open nothing; of what it has now."""
    Assignment.objects.current().asked().of([organisation.pk]).renew_links()


def has_said_by_link(found: LinkedQuestion, *, is_done: bool = False) -> bool:
    """Whether what stands last was said by link, so that it may be taken back there: the answer, or that it is done."""
    answer = found.question.answer
    if is_done:
        return done_by_link(found) is not None
    return answer is not None and answer.channel == Channel.LINK


def done_by_link(found: LinkedQuestion) -> DoneReport | None:
    """The report that it is done, where that stands last and was said by link."""
    report = DoneReport.of(found.action) if found.question.ended_at is None else None
    return report if report and report.event.channel == Channel.LINK else None


def _is_valid(question: Assignment, at: datetime, later: int) -> bool:
    """Whether it can be shown to anybody, and to them: not restricted or struck, not of old, and they take part."""
    issue = question.action.issue
    takes_part = question.organisation.is_active(timezone.localdate(at))
    is_new = question.asked_at is not None and at <= question.asked_at + later * RENEWED_AFTER + VALID_FOR
    return takes_part and is_new and not issue.restricted and not issue.is_struck


def _is_still_hers(copy: list[str], question: Assignment) -> bool:
    """Whether the member that the copy was mailed to answers for the organisation, and has her mail where it went."""
    pk, seal = copy
    theirs = Q(pk__in=Seat.objects.current().filter(organisation=question.organisation_id).values("member"))
    theirs |= Q(pk__in=AnswersFor.objects.filter(organisation=question.organisation_id).values("member"))
    member = Member.objects.active().filter(theirs, pk=pk).first()
    return member is not None and is_mailed_to(member, seal)


def _has_just_ended(question: Assignment, at: datetime) -> bool:
    """Whether it ended by what was said by link a moment ago: whoever said it comes back here, and may press twice."""
    said = Event.objects.standing().filter(assignment=question, channel=Channel.LINK, kind__in=ENDS)
    return said.filter(at__gte=at - TIME_TO_WITHDRAW).exists()
