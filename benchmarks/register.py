"""A register as it looks after some years: many issues, most of them closed, with all that hangs on them."""

import random
from datetime import timedelta

from django.utils import timezone

from issues.models import Action, Assignment, Category, Event, Issue, Observation
from meetings.models import AgendaItem, Meeting
from members.models import Member, Organisation
from tests.factories import MeetingFactory, MemberFactory, OrganisationFactory

WORDS = (
    *("belysning", "gatubelysningen", "klotter", "klottret", "gångtunneln", "skolan", "busshållplatsen", "parken"),
    *("torget", "cyklar", "moped", "buskar", "fönster", "glas", "mörkt", "otryggt", "samling", "ungdomar", "kväll"),
    *("station", "viadukt", "lekplats", "parkering", "papperskorg", "bänk", "trasig", "armatur", "väg", "snö", "halka"),
    *("musik", "bråk", "stöld", "inbrott", "skadegörelse"),
)


def fill(*, issues: int, by: Member) -> None:
    """Some four observations, one or two actions and a dozen events for each issue; the same rows every time."""
    chance, now = random.Random(1), timezone.now()
    categories = list(Category.objects.in_order())
    organisations = OrganisationFactory.create_batch(13)
    reporters = [MemberFactory(organisation=organisation) for organisation in organisations for _ in range(2)]
    rows = Issue.objects.bulk_create(
        [_issue(n, chance, categories, by) for n in range(issues)],
        batch_size=1_000,
    )
    Observation.objects.bulk_create(
        [_observation(issue, chance, reporters) for issue in rows for _ in range(chance.randint(0, 8))],
        batch_size=1_000,
    )
    actions = Action.objects.bulk_create(
        [_action(issue, by) for issue in rows for _ in range(chance.randint(0, 3))],
        batch_size=1_000,
    )
    Assignment.objects.bulk_create([_assignment(action, chance, organisations, by) for action in actions])
    _speak_of(rows, by)
    moments = [now - timedelta(minutes=chance.randint(1, 2_000_000)) for _ in range(12)]
    Event.objects.bulk_create(
        [Event(issue=issue, kind=Event.Kind.CHANGED, text="Ändrat.", by=by, at=at) for issue in rows for at in moments],
        batch_size=2_000,
    )


def _speak_of(issues: list[Issue], by: Member) -> None:
    """All but the latest have been up at a meeting, and so have their actions."""
    meeting = MeetingFactory(chair=by, state=Meeting.State.CLOSED, starts_at=timezone.now() - timedelta(days=20))
    Meeting.objects.update(closed_at=timezone.now() + timedelta(seconds=1))
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(meeting=meeting, section=7, title="Uppe", issue=issue, spoken_of_at=timezone.now())
            for issue in issues[:-20]
        ],
        batch_size=2_000,
    )


def _text(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length))


def _issue(n: int, chance: random.Random, categories: list[Category], by: Member) -> Issue:
    state = chance.choices(Issue.State.values, [1, 2, 1, 96])[0]
    return Issue(
        year=2001 + n // 800,
        serial=n % 800 + 1,
        title=_text(chance, 4),
        text=_text(chance, 40),
        where=_text(chance, 2),
        category=chance.choice(categories),
        opened_by=by,
        state=state,
        outcome=Issue.Outcome.SOLVED,
        feedback="Klart.",
        closed_at=timezone.now(),
    )


def _observation(issue: Issue, chance: random.Random, reporters: list[Member]) -> Observation:
    reporter = chance.choice(reporters)
    return Observation(
        reporter=reporter,
        organisation=reporter.organisation,
        category=issue.category,
        where=_text(chance, 2),
        text=_text(chance, 20),
        issue=issue,
        state=Observation.State.ATTACHED,
    )


def _action(issue: Issue, by: Member) -> Action:
    """Done where the issue is closed, else waiting for an answer."""
    ended = {"state": Action.State.DONE, "done_at": issue.closed_at} if issue.is_closed else {}
    return Action(issue=issue, title="Laga", created_by=by, **({"state": Action.State.PROPOSED} | ended))


def _assignment(action: Action, chance: random.Random, organisations: list[Organisation], by: Member) -> Assignment:
    asked = timezone.now() - timedelta(days=chance.randint(1, 30))
    due = timezone.localdate(asked) + timedelta(days=14)
    organisation = chance.choice(organisations)
    yes = {"answer": Assignment.Answer.ACCEPTED, "answered_at": asked, "answered_by": by, "planned": due}
    answer = yes if action.state == Action.State.DONE else {}
    return Assignment(action=action, organisation=organisation, asked_at=asked, asked_by=by, answer_due=due, **answer)
