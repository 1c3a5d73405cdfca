"""The views that sort observations, one or several in one act: into an issue, as noted, or rejected with a reason.

One is named in the address of its page; several are marked in the queue and named after it: `?o=12&o=13`.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from base.ui.forms import RegisterForm
from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from base.ui.pagination import from_page, paginate
from issues import rules
from issues.forms.triage import (
    AttachForm,
    KeysForm,
    ObservationIssueForm,
    ObservationNoteForm,
    PutBackForm,
    PutBackSeveralForm,
    RejectForm,
)
from issues.models import Observation
from issues.opening import tell_opened
from issues.suggesting import found, suggest, to_choose
from issues.texts.observation import queue_headline
from issues.triage import Sorted, to_be_named
from issues.views.observation import get_observation
from members.access import MemberRequest, ensure_member

ASKING = {"koppla": "issues:triage_attach", "nytt": "issues:triage_issue", "avvisa": "issues:triage_reject"}
"""What a button under the queue says it does → the page that asks for the rest. The other one notes at once."""
NONE_MARKED = "Markera minst en observation i listan."


def get_observation_to_triage(request: MemberRequest, pk: int) -> Observation:
    observation = get_observation(request, pk)
    ensure_member(rules.may_triage, request.user)
    return observation


def get_marked(request: MemberRequest) -> Sequence[Observation]:
    """The observations that are marked in the queue, in its order; 404 where she may know of none of them."""
    ensure_member(rules.may_triage, request.user)
    keys = request.POST.getlist("o") or request.GET.getlist("o")
    marked = list(Observation.with_withdrawn.visible_to(request.user).with_issue_for(request.user).marked(keys))
    if not marked:
        raise Http404
    for observation in marked:
        tell_opened(request, observation=observation)
    return marked


@require_safe
def triage(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_triage, request.user)
    observations = Observation.objects.visible_to(request.user)
    queue = observations.queue()
    page = paginate(request, observations.to_triage().with_related(), total=queue.waiting)
    suggestions = suggest(page, request.user)
    rows = [(observation, suggestions.get(observation.pk)) for observation in page]
    return render(request, "issues/triage.html", {"page": page, "rows": rows, "headline": queue_headline(queue)})


@require_POST
def triage_marked(request: MemberRequest) -> HttpResponse:
    keys, asking = request.POST.getlist("o"), ASKING.get(request.POST.get("gor", ""))
    ensure_member(rules.may_triage, request.user)
    if not keys:
        messages.error(request, NONE_MARKED)
        return redirect(the_queue(request))
    if asking:
        return redirect(f"{reverse(asking)}?{urlencode({'o': keys}, doseq=True)}{from_page(request).replace('?', '&')}")
    form = ObservationNoteForm(request.POST, observations=get_marked(request), by=request.user)
    return step(request, form) or refused(request, form, the_queue(request))


@require_safe_or_post
def triage_issue(request: MemberRequest) -> HttpResponse:
    return new_issue(request, get_marked(request))


@require_safe_or_post
def triage_attach(request: MemberRequest) -> HttpResponse:
    return attach(request, get_marked(request))


@require_safe_or_post
def triage_reject(request: MemberRequest) -> HttpResponse:
    return reject(request, get_marked(request))


@require_POST
def triage_put_back(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_triage, request.user)
    form = PutBackSeveralForm(request.POST, by=request.user)
    return step(request, form) or refused(request, form, the_queue(request))


@require_POST
def triage_keys(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_triage, request.user)
    form = KeysForm(request.POST, by=request.user)
    return save_once(request, form, then=lambda _: the_queue(request)) or refused(request, form, the_queue(request))


@require_safe_or_post
def observation_issue(request: MemberRequest, pk: int) -> HttpResponse:
    return new_issue(request, [get_observation_to_triage(request, pk)])


@require_safe_or_post
def observation_attach(request: MemberRequest, pk: int) -> HttpResponse:
    return attach(request, [get_observation_to_triage(request, pk)])


@require_POST
def observation_note(request: MemberRequest, pk: int) -> HttpResponse:
    form = ObservationNoteForm(request.POST, observations=[get_observation_to_triage(request, pk)], by=request.user)
    return step(request, form) or refused(request, form, the_queue(request))


@require_safe_or_post
def observation_reject(request: MemberRequest, pk: int) -> HttpResponse:
    return reject(request, [get_observation_to_triage(request, pk)])


@require_POST
def observation_put_back(request: MemberRequest, pk: int) -> HttpResponse:
    form = PutBackForm(request.POST, observations=[get_observation_to_triage(request, pk)], by=request.user)
    return step(request, form) or refused(request, form, the_queue(request))


# The same for one and for several


def new_issue(request: MemberRequest, observations: Sequence[Observation]) -> HttpResponse:
    form = ObservationIssueForm(posted(request), observations=observations, by=request.user)
    if done := step(request, form):
        return done
    named = to_be_named(observations, request.user)
    return asked(request, "issues/observation_issue.html", form, observations, named=named)


def attach(request: MemberRequest, observations: Sequence[Observation]) -> HttpResponse:
    form = AttachForm(posted(request), observations=observations, by=request.user)
    if done := step(request, form):
        return done
    words = request.GET.get("sok", "").strip()
    offered = found(words, observations, request.user) if words else to_choose(observations, request.user)
    return asked(request, "issues/observation_attach.html", form, observations, words=words, offered=offered)


def reject(request: MemberRequest, observations: Sequence[Observation]) -> HttpResponse:
    form = RejectForm(posted(request), observations=observations, by=request.user)
    return step(request, form) or asked(request, "issues/observation_reject.html", form, observations)


def asked(
    request: MemberRequest, template: str, form: RegisterForm, observations: Sequence[Observation], **more: Any
) -> HttpResponse:
    """The page that asks for what an act needs, of the observations that wait.

    The address of several is one; what is written there belongs to these.
    """
    shown = {
        "draft_of": "-".join(str(observation.pk) for observation in observations),
        "form": form,
        "observations": observations,
        "restricted": all(observation.restricted for observation in observations),
        "waits": any(observation.is_new for observation in observations),
        "queue": the_queue(request),
    }
    return render(request, template, shown | more)


def the_queue(request: MemberRequest) -> str:
    """The address of the queue, where one goes after each: at the page that one came from."""
    return f"{reverse('issues:triage')}{from_page(request)}"


def step(request: MemberRequest, form: RegisterForm) -> HttpResponseRedirect | None:
    """Take the step and go on to the next in the queue; None when it was not sent, or refused."""

    def next_row(saved: Sorted) -> str:
        row = Observation.objects.visible_to(request.user).next_to_triage(saved.done)
        return f"{the_queue(request)}#{row.anchor}" if row else the_queue(request)

    return save_once(request, form, then=next_row)
