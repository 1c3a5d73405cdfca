"""Who acts is one value, the `by=` of every verb, and when is its `at=`: what writes in the register takes both.

A verb is a function or a method of an app, outside its pages and forms, that is not private and writes: its own body
calls one of `WRITES`, or a private one beside it that does. It is read from the source, so that one who adds a verb
need not know of this.
"""

import ast
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
NOT_VERBS = {"forms", "views", "migrations", "management", "templatetags"}
WRITES = {
    *("save", "save_checked", "delete", "discard", "create", "update", "set", "set_state"),
    *("bulk_create", "bulk_update", "get_or_create", "update_or_create"),
}
NOBODYS = {
    "members/sign_in.py set_password": "each her own, by the sign-in's pages",
    "members/sign_in_log.py note_first_login": "hers who signs in, by the sign-in's signal",
    "members/inviting.py come_in": "hers who is invited, by the page of the link",
    "meetings/table_answers.py take_out": "what has no effect yet is taken away",
    "meetings/where_now.py tell_where": "where somebody writes now, which is forgotten the same day",
    "members/sign_in_forms.py save": "sends a link to whoever asks, and writes nothing",
    "meetings/models/minutes.py keep": "a file that is made of what somebody froze",
    "issues/models/numbering.py take": "a number from a counter, for whoever asks",
    "meetings/models/before_correction.py keep": "the verb that opens the correction says who does, and when",
    "meetings/models/attendance.py expect": "the rows follow from the organisations of the day",
    "meetings/short_agenda.py leave_short": "follows from the planning of the extra meeting, which says who",
    "meetings/own_headings.py make_own": "follows from the start of the meeting, or the change of its headings",
    "meetings/own_headings.py give_back": "follows from taking the start back",
    "meetings/own_headings.py use_template": "follows from the change of the meeting, which says who and when",
    "meetings/agenda/parts_following.py parts_follow": "follows from the new order, whose verb says who and when",
    "meetings/paragraphs.py go_on_at": "a counter, set with the headings, whose change says who and when",
    "meetings/unwritten.py empty_rows_gone": "follows from the verb that takes the items away, which says who",
    "meetings/own_headings.py fit_items": "follows from what brought the items there",
    "issues/models/event.py settle_last": "the verb that restricts says who does; the time is an earlier event's",
    "issues/models/opening.py write": "the member is who opened it",
    "meetings/minutes/originals.py tell_original_opened": "the member is who opened it, now",
    "issues/models/access_grant.py take": "the verb that un-names says who does",
    "issues/models/assignment.py stop_clock": "the action's verb says who takes the asking back",
    "issues/models/assignment.py replace": "the action's verb says who asks anew",
    "members/models/notice.py note": "the outbox keeps what follows from what somebody did",
    "members/models/notice.py hasten": "the verb that ends the undo says who does",
    "members/models/notice.py settle": "the outbox, by what became of the mail",
    "members/models/notice.py refuse": "the outbox, by what became of the mail",
    "meetings/calling.py ask_anew": "when what waits may go, by what the verb that moved it has written",
    "members/models/notice.py postpone": "the outbox, by what became of the mail",
    "members/models/outside_contact.py at": "the verb that names her says who does",
    "members/models/outside_contact.py forget_unused": "what is old goes by itself",
    "members/outbox/retention.py remove_old": "what is old goes by itself",
    "meetings/deciding.py restore": "takes away a mark that nothing has come of; the trigger history says who",
    "members/outbox/addressing.py address": "the outbox, by what somebody did",
    "members/outbox/one_by_one.py forget_what_is_mended": "the outbox, by what it can find again",
    "members/outbox/kinds.py register": "writes no row",
    "issues/models/assignment.py renew_links": "the verb that ends the links says who does, and when",
    "issues/said_once.py keep_said": "what was sent by a link, by nobody by name; the verb that says it has the time",
    "issues/models/assignment.py plan": "the change of the date says who changed it, and when",
}
"""What writes in nobody's name, and why."""
TIMELESS = {
    "meetings/deciding.py restore": "takes away a mark that nothing has come of",
    "issues/old_list/steps.py carry_out": "what stood in the old list is written down now",
    "issues/models/escalation_path.py change_all": "a setting, of which no time is asked",
    "meetings/models/minutes_copy.py change_all": "a setting, of which no time is asked",
    "issues/models/assignment.py plan": "a day that is promised; the change of it has the time",
    "issues/models/follower.py end": "takes a row away",
    "issues/handling.py take_on": "what an organisation keeps for itself; no event tells of it",
    "issues/models/access_grant.py take": "takes rows away; the verb that un-names says when",
    "meetings/participants.py strike_participant": "takes a row away",
    "meetings/officers.py note_officer": "only which part, as of whoever is there",
    "meetings/officers.py change_relieved": "only which part; when she was noted stands",
    "meetings/participants.py change_part": "only which part; when she was noted stands",
    "meetings/models/attendance.py vacate": "takes rows away",
    "meetings/paragraphs.py fix_paragraphs": "numbers; the closing that gives them has the time",
    "meetings/models/appendix.py rename": "a name, of which no time is asked",
    "meetings/models/call_answer.py withdraw": "takes a row away",
    **dict.fromkeys(
        ("meetings/feed.py make_feed", "meetings/feed.py change_feed", "meetings/feed.py end_feed"),
        "an address is there, or it is not",
    ),
    **dict.fromkeys(
        ("meetings/models/series.py change", "meetings/models/series.py resume"), "a setting, of which no time is asked"
    ),
    "meetings/models/agenda.py unmark_discussed": "takes a time away",
    "meetings/approvers.py strike_approvers": "takes a choice away; the closing or correction has the time",
    "meetings/candidates.py strike_secretary": "takes a choice away; the change of officers has the time",
}
"""What writes no time. The verbs of `members` say a day of their own: a seat from, an organisation to."""


def verbs() -> Iterator[tuple[str, ast.FunctionDef]]:
    for app in ("members", "issues", "meetings"):
        for path in sorted((HERE / app).rglob("*.py")):
            name = path.relative_to(HERE)
            if not NOT_VERBS & set(name.parts):
                tree = ast.parse(path.read_text())
                functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
                private = {each.name for each in functions if each.name.startswith("_") and writes(each)}
                public = [each for each in functions if not each.name.startswith("_")]
                yield from ((f"{name} {each.name}", each) for each in public if writes(each, private))


def writes(function: ast.FunctionDef, beside: Set[str] = frozenset()) -> bool:
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    methods = {each.attr for each in called if isinstance(each, ast.Attribute)}
    return bool(methods & (WRITES | beside) or {each.id for each in called if isinstance(each, ast.Name)} & beside)


FOUND = list(verbs())
VERBS = dict(FOUND)


def uses(function: ast.FunctionDef, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for each in function.body for node in ast.walk(each))


def test_they_are_found() -> None:
    assert {"meetings/closing.py close_meeting", "members/models/seat.py withdraw"} <= {*VERBS}
    assert {*NOBODYS, *TIMELESS} <= {*VERBS}
    assert len(VERBS) == len(FOUND)  # no file has two of one name


@pytest.mark.parametrize("name", [name for name in VERBS if name not in NOBODYS])
def test_a_verb_takes_by_as_a_keyword_that_nobody_can_forget(name: str) -> None:
    arguments = VERBS[name].args
    defaults = {each.arg: default for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)}
    assert "by" in defaults
    assert defaults["by"] is None  # without one
    assert uses(VERBS[name], "by")


@pytest.mark.parametrize("name", [name for name in VERBS if not name.startswith("members/")])
def test_a_verb_that_writes_a_time_is_told_which(name: str) -> None:
    named = {each.arg for each in VERBS[name].args.kwonlyargs}
    assert ("at" in named and uses(VERBS[name], "at")) or name in TIMELESS or name in NOBODYS
