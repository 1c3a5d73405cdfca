"""What the script of the room sends while somebody types: a note, a draft, what is said in the round."""

from __future__ import annotations

from meetings.deciding import propose_action
from tests.days import in_days
from tests.factories import ActionFactory, AgendaItemFactory
from tests.home.growing_world import World
from tests.home.posts import Sent, to
from tests.home.posts.meetings import spoken_of, under_way


def save_note(world: World) -> Sent:
    item = spoken_of(world)
    return to("meetings:note_save", item.pk, note="Vi pratade.", version=item.note_version)


def save_draft(world: World) -> Sent:
    typed = {"text": "Vi ses på", "kind": "other", "version": 0}
    return to("meetings:draft_save", spoken_of(world).pk, "decision", **typed)


def save_answer_draft(world: World) -> Sent:
    item = spoken_of(world)
    propose_action(item, by=world.by, title="Byt lampan", organisation=world.technical)
    of = item.decisions.get().actions.get().pk
    typed = {f"answer_{of}": "question", f"answer_{of}_text": "Vilken lampa", "version": 0}
    return to("meetings:answer_draft_save", item.pk, of, **typed)


def save_step_draft(world: World) -> Sent:
    meeting = under_way(world)
    action = ActionFactory(assignment__organisation=world.technical, assignment__answer_due=in_days(-3))
    item = AgendaItemFactory(meeting=meeting, issue=action.issue, action=action, title=action.title)
    typed = {"nej-reason": "budget", "nej-text": "Pengarna är", "version": 0}
    return to("meetings:step_draft_save", item.pk, action.current.pk, "declined", **typed)


def save_round_note(world: World) -> Sent:
    item = under_way(world).items.get(heading__key="round")
    of = item.meeting.organisations.in_order()[0].organisation_id
    return to("meetings:round_note_save", item.pk, of, **{f"round_{of}": "Nya lampor i tunneln.", "version": 0})
