"""Answering a question from the mail: a page for one who has not signed in. To look at it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from base.records import NotAllowed
from base.records.guards import tell_refusals
from base.swedish.words import StateSentence
from base.ui.forms import RegisterForm
from base.ui.methods import require_safe_or_post
from base.ui.models import SentForm, sending
from base.ui.once import ALREADY_SENT
from base.ui.typed import texts_of
from base.ui.undo import Undo
from issues.answer_link import LinkedQuestion, done_by_link, has_said_by_link, mended, read
from issues.counting import ObservationCount
from issues.forms.action_step import ActionForm
from issues.forms.answer import ANSWERS
from issues.forms.handling import HandlingForm
from issues.forms.promise import PROGRESS
from issues.forms.taking_back import WithdrawAnswerForm, WithdrawDoneForm, undo_of_answer, undo_of_done
from issues.models import Action
from issues.models.done_report import last_minute_of
from issues.question_mails import put_by
from issues.said_once import is_said, keep_said
from issues.texts.action import action_state, assignment_state, noted_by_link
from issues.texts.notices import who_asks
from issues.views.action_page import TakeBack, first_of_late, steps
from members.broken_link import broken_link
from members.models import Group

STEPS = {form.prefix: form for form in (*ANSWERS, *PROGRESS, HandlingForm)}
"""What can be said by link, by its word in the address."""

MORE_HAS_HAPPENED = (
    "Det har hänt mer sedan sidan visades. Ovan står hur det är nu. Det ni skrev är inte sparat, men det står kvar här."
)
"""In the place of a verb's own sentence, which tells a colleague who did what: the page names nobody."""

View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Of a page that the link alone opens.

    Its address is secret (`SECRET_ADDRESSES`), so a browser tells no referrer and no origin, which Django's check of
    forged forms would refuse. It has nothing to guard: nothing comes with the request that whoever forged it must not
    have, the link least of all.
    """
    exempt: View = csrf_exempt(login_not_required(view))
    return exempt


@by_link
@require_safe
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    found = read(token)
    return _page(request, token, found) if found else _mended(request, token)


@by_link
@require_safe_or_post
def answer_link_mangled(request: HttpRequest, mangled: str) -> HttpResponse:
    """Any other address of that beginning: a mail program made more of the link than it was, or less."""
    return _void(request) if request.method == "POST" else _mended(request, mangled)


@by_link
@require_safe_or_post
def answer_link_step(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Say it. Sent twice it is said once; what came second stands on the page, with what was first.

    To look at the address, as a browser does that loads the page of an answer anew, leads to the page of the link.
    """
    if request.method != "POST":
        return redirect(_address(mended(token) or token))
    with transaction.atomic():
        found, kind = read(token, locked=True), STEPS.get(step)
        if not found or not kind:
            return _void(request)
        form = kind(request.POST, assignment=found.question, by=None)
        if is_said(sending(request.POST)):
            return _page(request, token, found, told=ALREADY_SENT)
        if not found.is_open:
            form.refuse(ValidationError(MORE_HAS_HAPPENED))
        elif _is_saved(form):
            return redirect(_address(token))
    now = read(token)
    return _page(request, token, now, form) if now else _void(request)


@by_link
@require_safe_or_post
def answer_link_take_back(request: HttpRequest, token: str, what: str) -> HttpResponse:
    """Take back what was said by link last, as its page does with what was said there."""
    if request.method != "POST":
        return redirect(_address(mended(token) or token))
    with transaction.atomic():
        found = read(token, locked=True)
        form = _taking_back(found, what, request) if found else None
        if not found or not form:
            return _void(request)
        if not has_said_by_link(found, is_done=what == "klar") or _is_taken_back(form):
            return redirect(_address(token))
    now = read(token)
    return _page(request, token, now, wrong=form) if now else _void(request)


def _taking_back(found: LinkedQuestion, what: str, request: HttpRequest) -> RegisterForm | None:
    match what:
        case "svar":
            return WithdrawAnswerForm(request.POST, assignment=found.question, by=None)
        case "klar":
            return WithdrawDoneForm(request.POST, action=found.action, by=None)
    return None


def _is_taken_back(form: RegisterForm) -> bool:
    """Whether it is. Pressed twice nothing stands the second time, so no key is asked for."""
    if not form.is_valid():
        return False
    try:
        with tell_refusals(), transaction.atomic():
            form.save()
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


def _is_saved(form: RegisterForm) -> bool:
    """Whether what was sent is said. Sent twice it is said once."""
    if not form.is_valid() or form.guard_asks:
        return False
    try:
        with tell_refusals(), transaction.atomic():
            sent = SentForm.objects.claim(None, form.cleaned_data["key"])
            if not sent.url:
                keep_said(sent, form.save())
    except NotAllowed as error:
        form.refuse(type(error)(MORE_HAS_HAPPENED))
        return False
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


def _page(
    request: HttpRequest,
    token: str,
    found: LinkedQuestion,
    refused: ActionForm | None = None,
    wrong: RegisterForm | None = None,
    told: str = "",
) -> HttpResponse:
    question, action = found.question, found.action
    kinds = [*ANSWERS, *PROGRESS, *([HandlingForm] if action.is_promised or isinstance(refused, HandlingForm) else [])]
    offered = steps(kinds, action, None, refused, may=found.is_open)
    for form in offered:
        form.sent_to = _address(token, str(form.prefix))
    asked = put_by(question)
    context = {
        "action": action,
        "question": question,
        "state": _state(found),
        "asks": who_asks(
            question, Group.current(), passed_on_by=asked.organisation if asked and asked.answer else None
        ),
        "noted": noted_by_link(question),
        "done_note": action.done_note if question.ended_at is None else "",
        "observed": ObservationCount.for_anybody(action.issue),
        "steps": offered,
        "refused": refused,
        "wrong": wrong,
        "told": told,
        "take_back": _take_back(found, token),
        "unfolded": refused or (next(iter(offered), None) if action.is_asked else first_of_late(offered, action)),
        "is_open": found.is_open,
        "may_read": _may_read(request, action),
    }
    return render(request, "issues/answer_link.html", context)


def _state(found: LinkedQuestion) -> StateSentence:
    """How it stands, warm where their answer is waited for."""
    today = timezone.localdate()
    is_theirs = found.question.ended_at is None
    told = action_state(found.action, today, lifted=False) if is_theirs else assignment_state(found.question, today)
    return replace(told, waits_on=lambda reader: found.action.is_asked and is_theirs)


def _take_back(found: LinkedQuestion, token: str) -> TakeBack | None:
    """The button that takes back what was said by link last; None where nothing was, or it stands by now."""
    now, action, answer = timezone.now(), found.action, found.question.answer
    if report := done_by_link(found):
        if report.why_it_stands(now):
            return None
        undo = Undo(_back(token, "klar"), undo_of_done(action).fields)
        return TakeBack("Ta tillbaka att det är klart", undo, f"klockan {last_minute_of(action)}")
    if not has_said_by_link(found) or not answer or not answer.is_withdrawable(now):
        return None
    if action.why_it_stands(answer):
        return None
    undo = Undo(_back(token, "svar"), undo_of_answer(found.question).fields)
    return TakeBack("Ta tillbaka svaret", undo, f"klockan {answer.last_minute}")


def _back(token: str, what: str) -> str:
    return reverse("issues:answer_link_take_back", args=[token, what])


def _may_read(request: HttpRequest, action: Action) -> bool:
    """Whether the action's page may be hers. Who has not signed in is asked to there; the group reads all."""
    user = request.user
    if not user.is_authenticated or user.is_in_group:
        return True
    return Action.objects.visible_to(user).filter(pk=action.pk).exists()


def _address(token: str, step: str = "") -> str:
    return (
        reverse("issues:answer_link_step", args=[token, step]) if step else reverse("issues:answer_link", args=[token])
    )


def _mended(request: HttpRequest, sent: str) -> HttpResponse:
    token = mended(sent)
    return redirect(_address(token)) if token else _void(request)


def _void(request: HttpRequest) -> HttpResponse:
    """One page for whatever is wrong with the link, with what was typed."""
    return broken_link(request, "issues/answer_link_void.html", {"texts": texts_of(request)})
