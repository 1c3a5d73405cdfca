"""How many statements each form that changes something sends to the database.

One thing is changed in at most twenty. The numbers are exact, and as many in a register of three of everything as in
one of one; what changes several things has a number for each further one. The world is that of `test_statements.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from benchmarks.counting import counted
from issues.models import Counter
from members.models import Member
from tests.access import TABLE, account
from tests.days import in_days, today
from tests.home.growing_world import World
from tests.home.posts import (
    Sent,
    approval,
    correcting,
    free_the_numbers,
    issues,
    meetings,
    members,
    old_list,
    redaction,
    registry,
    room,
    series,
)

pytestmark = pytest.mark.django_db

MOST = 22
REPRESENTATIVE = "representative"
OF_ALLAUTH = {
    *("account_login", "account_reset_password", "account_reset_password_from_key", "invitation"),
    *account.SHUT,
}
"""The forms of the sign-in, which is not ours, but for those that somebody who is signed in has use for."""

ANSWERED_HERE = {
    "meetings:note_save",
    "meetings:draft_save",
    "meetings:answer_draft_save",
    "meetings:step_draft_save",
    "meetings:round_note_save",
    "meetings:wall_show",
    "guard",
    "redaction:redact",
    "meetings:minutes_verify",
    "no_more_mail",
}
"""What a script or a mail program sends, and what stays on its page."""


@dataclass(frozen=True)
class Post:
    """A form that is sent: the number of statements, and `each` for each further one of the `things` that it changes.

    Only one that changes several things, and says which, may send more than twenty.
    """

    deed: Callable[[World], Sent]
    statements: int
    who: str = "coordinator"
    things: str = ""
    each: int = 0


POSTS = (
    Post(issues.report, 13, REPRESENTATIVE),
    Post(issues.say_nothing, 12, REPRESENTATIVE),
    Post(issues.say_nothing_on_behalf, 12),
    Post(issues.unsay_nothing, 11, REPRESENTATIVE),
    Post(issues.correct, 20, REPRESENTATIVE),
    Post(issues.withdraw, 10, REPRESENTATIVE),
    Post(issues.make_issue, 20),
    Post(issues.attach, 15),
    Post(issues.note, 10),
    Post(issues.reject, 10),
    Post(issues.put_back, 15),
    Post(issues.keys_on, 9),
    Post(issues.make_issue_of_several, 27, things="observations", each=6),
    Post(issues.attach_several, 22, things="observations", each=6),
    Post(issues.note_several, 13, things="observations", each=2),
    Post(issues.reject_several, 13, things="observations", each=2),
    Post(issues.put_back_several, 23, things="observations", each=7),
    Post(issues.create, 12),
    Post(issues.change, 16),
    Post(issues.close_issue, 17),
    Post(issues.pause, 12),
    Post(issues.resume, 13),
    Post(issues.reopen, 12),
    Post(issues.remains, 14, REPRESENTATIVE),
    Post(issues.strike_issue, 22),
    Post(issues.strike_issue_with_observations, 26, things="observations that are sorted again", each=4),
    Post(issues.restore_issue, 17),
    Post(issues.follow, 9, REPRESENTATIVE),
    Post(issues.unfollow, 9, REPRESENTATIVE),
    Post(issues.restrict_issue, 19),
    Post(issues.lift_restriction, 19),
    Post(issues.name_on_issue, 20),
    Post(issues.unname_on_issue, 20),
    Post(issues.name_on_observation, 14),
    Post(issues.unname_on_observation, 14),
    Post(issues.write_note, 11, REPRESENTATIVE),
    Post(issues.mend_note, 11, REPRESENTATIVE),
    Post(issues.take_note_back, 10, REPRESENTATIVE),
    Post(issues.ask, 20),
    Post(issues.ask_each, 20, things="organisations that are asked", each=11),
    Post(issues.propose, 18),
    Post(issues.hand_over, 20),
    Post(issues.remind, 20),
    Post(issues.void_link, 15),
    Post(issues.escalate, 21),
    Post(issues.rule, 19),
    Post(issues.take_escalation_back, 19),
    Post(issues.change_paths, 12),
    Post(meetings.change_copies, 15),
    Post(meetings.change_papers, 18),
    Post(issues.cancel, 15),
    Post(issues.start_action, 16, REPRESENTATIVE),
    Post(issues.finish, 16, REPRESENTATIVE),
    Post(issues.take_done_back, 19, REPRESENTATIVE),
    Post(issues.change_date, 16, REPRESENTATIVE),
    Post(issues.accept, 15, REPRESENTATIVE),
    Post(issues.decline, 15, REPRESENTATIVE),
    Post(issues.answer_question_by_link, 19, REPRESENTATIVE),
    Post(issues.take_answer_back_by_link, 18, REPRESENTATIVE),
    Post(issues.question, 15, REPRESENTATIVE),
    Post(issues.already_done, 15, REPRESENTATIVE),
    Post(issues.keep_handling, 13, REPRESENTATIVE),
    Post(issues.hand_to, 13, REPRESENTATIVE),
    Post(issues.take_on, 12, REPRESENTATIVE),
    Post(issues.pass_on, 20, REPRESENTATIVE),
    Post(issues.take_answer_back, 20, REPRESENTATIVE),
    Post(issues.review, 16, REPRESENTATIVE),
    Post(issues.progress, 16, REPRESENTATIVE),
    Post(issues.take_progress_back, 17, REPRESENTATIVE),
    Post(meetings.plan, 24, things="the meeting, its organisations and what recurs"),
    Post(meetings.call_extra, 35, things="a meeting, its headings, its call and its items"),
    Post(meetings.enter_on_paper, 100, things="decisions", each=8),
    Post(meetings.make_template, 10),
    Post(meetings.change_template, 14),
    Post(meetings.put_template_heading_back, 7),
    Post(meetings.change_headings_of_meeting, 29, things="headings of the meeting"),
    Post(meetings.put_heading_back, 7),
    Post(meetings.change_meeting, 23, things="a meeting, its agenda and its call"),
    Post(series.make_series, 11),
    Post(series.change_series, 14),
    Post(series.plan_year, 24, things="the meeting, its organisations and what recurs"),
    Post(series.end_series, 9),
    Post(series.resume_series, 5),
    Post(meetings.call, 16),
    Post(meetings.uncall, 12),
    Post(meetings.start, 41, things="headings of the agenda, thirteen; the lines under one come together"),
    Post(meetings.unstart, 29, things="headings and lines that the start made"),
    Post(meetings.call_off, 15),
    Post(meetings.reinstate, 18),
    Post(meetings.send_calling_off_now, 10),
    Post(meetings.move, 14),
    Post(meetings.remove, 13),
    Post(meetings.restore, 8),
    Post(meetings.add, 12),
    Post(meetings.recur, 20, things="usual meetings that are planned after it", each=10),
    Post(meetings.make_whole, 10),
    Post(meetings.present, 24, things="who present it, taken away and put there"),
    Post(meetings.append, 18),
    Post(meetings.rename_appendix, 11),
    Post(meetings.remove_appendix, 13),
    Post(meetings.excuse, 15),
    Post(meetings.answer_by_link, 12),
    Post(meetings.expected, 18),
    Post(meetings.attendance, 21),
    Post(meetings.guest, 17),
    Post(meetings.strike_participant, 19),
    Post(meetings.next_item, 18),
    Post(meetings.decide_something, 21),
    Post(meetings.decide_to_close, 23, things="the decision, its item and its draft"),
    Post(meetings.ask_in_the_room, 25, things="the decision, its action and the question"),
    Post(meetings.ask_each_in_the_room, 25, things="organisations that are asked", each=4),
    Post(meetings.strike, 27, things="what the decision had asked for"),
    Post(meetings.issue_in_the_room, 31, things="the issue, its item and where everybody was"),
    Post(room.save_note, 6),
    Post(room.save_draft, 8),
    Post(room.save_answer_draft, 9),
    Post(room.save_step_draft, 9),
    Post(room.save_round_note, 9),
    Post(meetings.show_on_the_wall, 6),
    Post(meetings.nothing_to_report, 14),
    Post(meetings.close, 94, things="what the minutes hold"),
    Post(meetings.close_with_questions, 109, things="questions", each=12),
    Post(meetings.close_with_endings, 109, things="endings", each=15),
    Post(meetings.send_now, 13),
    Post(meetings.unclose, 40, things="what was closed"),
    Post(meetings.unclose_with_questions, 46, things="questions", each=4),
    Post(meetings.unclose_with_endings, 44, things="endings", each=4),
    Post(correcting.start_correcting, 16),
    Post(correcting.save_correction, 87, things="what the minutes hold"),
    Post(correcting.cancel_correcting, 63, things="what the minutes hold"),
    Post(correcting.discard_correction, 142, things="what the minutes hold"),
    Post(correcting.remove_entry, 19),
    Post(correcting.correct_facts, 16),
    Post(meetings.register, 23, things="the version and its files"),
    Post(registry.mark_registered, 20, things="appendices in the package", each=2),
    Post(registry.take_back_registered, 11),
    Post(registry.mail_registrar, 13),
    Post(approval.choose_approvers, 20),
    Post(approval.approve, 15),
    Post(approval.wish, 16),
    Post(approval.note_on_paper, 16),
    Post(approval.take_back, 14),
    Post(meetings.make_files, 14),
    Post(members.settings, 13),
    Post(members.privacy_settings, 12),
    Post(members.add_contact_point, 11),
    Post(members.change_contact_point, 12),
    Post(members.remove_contact_point, 10),
    Post(members.send_again, 20),
    Post(members.let_be, 12),
    Post(members.invite_one, 10),
    Post(members.invite_all, 10),
    Post(old_list.read_old_list, 8),
    Post(old_list.name_columns_of_old_list, 8),
    Post(old_list.bring_in_old_list, 39, things="a new issue and an action in it"),
    Post(members.read_sheet, 8),
    Post(members.name_columns, 8),
    Post(members.bring_in, 25, things="a new member and her place"),
    Post(members.choose_mail, 12, REPRESENTATIVE),
    Post(meetings.make_feed, 8, REPRESENTATIVE),
    Post(meetings.change_feed, 8, REPRESENTATIVE),
    Post(meetings.end_feed, 8, REPRESENTATIVE),
    Post(members.no_more_mail, 7, REPRESENTATIVE),
    Post(members.logotype, 9),
    Post(members.no_logotype, 10),
    Post(members.admit, 8),
    Post(members.change_organisation, 11),
    Post(members.organisation_leaves, 15),
    Post(members.give_place, 14),
    Post(members.end_place, 11),
    Post(members.enter, 17),
    Post(members.change_member, 16),
    Post(members.own_account, 11),
    Post(members.welcomed, 5),
    Post(members.look_at_a_text, 4),
    Post(meetings.verify_a_file, 4, who="representative"),
    Post(redaction.look_for_a_passage, 10),
    Post(redaction.mask_a_passage, 27, things="texts that are masked"),
    Post(redaction.mask_a_text, 29, things="versions that are masked"),
    Post(members.password, 9),
    Post(members.sign_out, 2),
)


Counted = dict[str, tuple[str, int]]


def statements(world: World) -> Counted:
    """By the name of the deed: the route, and how many statements it takes."""
    free_the_numbers()
    return {post.deed.__name__: sent_by(post, world) for post in POSTS}


def sent_by(post: Post, world: World) -> tuple[str, int]:
    """Send it, with what is done after the commit, and take all of it back."""
    with transaction.atomic():
        for thing in ("issue", "action", "meeting", "technical", "representative"):
            getattr(world, thing).refresh_from_db()
        route, parts, typed = post.deed(world)
        client = Client()
        client.force_login(Member.objects.get(pk=getattr(world, post.who).pk))
        client.get(reverse("help"))
        waiting = len(connection.run_on_commit)
        with counted() as sent:
            response = client.post(reverse(route, args=parts), typed | {"key": str(uuid4())})
            for entry in connection.run_on_commit[waiting:]:
                entry[1]()
        assert response.status_code == (200 if route in ANSWERED_HERE else 302), post.deed.__name__
        transaction.set_rollback(True)
    return route, len(sent)


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Counted]]:
    """The statements of every form with one of everything and with three, in a world that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        for series, day in product(Counter.Series, (today(), in_days(40), in_days(-300))):
            Counter.take(series, day.year)  # which is not the first of the year
        world.grow()
        one = statements(world)
        world.grow()
        world.grow()
        yield [one, statements(world)]
        transaction.set_rollback(True)


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.deed.__name__)
def test_a_form_sends_no_more_statements_than_this(post: Post, measured: list[Counted]) -> None:
    sent = [number for _, number in (each[post.deed.__name__] for each in measured)]

    assert sent == [post.statements, post.statements + 2 * post.each]


def test_one_thing_is_changed_in_few_statements() -> None:
    assert [post.deed.__name__ for post in POSTS if post.statements > MOST and not post.things] == []


def test_every_form_is_measured(measured: list[Counted]) -> None:
    posted = {row.route for row in TABLE if row.method == "POST"}

    assert {route for route, _ in measured[0].values()} == posted - OF_ALLAUTH
