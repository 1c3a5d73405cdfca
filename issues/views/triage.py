"""The views that sort observations: into an issue, as noted, or rejected with a reason."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from base.ui.forms import RegisterForm
from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from base.ui.pagination import from_page, paginate
from issues import rules
from issues.forms.triage import AttachForm, ObservationIssueForm, ObservationNoteForm, PutBackForm, RejectForm
from issues.models import Observation
from issues.texts.observation import queue_headline
from issues.triage import offer, suggest
from issues.views.observation import get_observation
from members.access import MemberRequest, ensure_member


def get_observation_to_triage(request: MemberRequest, pk: int) -> Observation:
    observation = get_observation(request, pk)
    ensure_member(rules.may_triage, request.user)
    return observation


@require_safe
def triage(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_triage, request.user)
    observations = Observation.objects.visible_to(request.user)
    queue = observations.queue()
    page = paginate(request, observations.to_triage().with_related(), total=queue.waiting)
    suggestions = suggest(page, request.user)
    rows = [(observation, suggestions.get(observation.pk)) for observation in page]
    return render(request, "issues/triage.html", {"page": page, "rows": rows, "headline": queue_headline(queue)})


@require_safe_or_post
def observation_issue(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_triage(request, pk)
    form = ObservationIssueForm(posted(request), observation=observation, by=request.user)
    context = {"form": form, "observation": observation, "queue": the_queue(request)}
    return step(request, form) or render(request, "issues/observation_issue.html", context)


@require_safe_or_post
def observation_attach(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_triage(request, pk)
    words = request.GET.get("sok", "")
    offered = list(offer(words, request.user))
    suggestion = suggest([observation], request.user).get(observation.pk)
    form = AttachForm(posted(request), observation=observation, by=request.user, suggestion=suggestion, offered=offered)
    context = {
        "form": form,
        "observation": observation,
        "words": words,
        "offered": offered,
        "queue": the_queue(request),
    }
    return step(request, form) or render(request, "issues/observation_attach.html", context)


@require_POST
def observation_note(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_triage(request, pk)
    form = ObservationNoteForm(request.POST, observation=observation, by=request.user)
    return step(request, form) or refused(request, form, the_queue(request))


@require_safe_or_post
def observation_reject(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_triage(request, pk)
    form = RejectForm(posted(request), observation=observation, by=request.user)
    context = {"form": form, "observation": observation, "queue": the_queue(request)}
    return step(request, form) or render(request, "issues/observation_reject.html", context)


@require_POST
def observation_put_back(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_triage(request, pk)
    form = PutBackForm(request.POST, observation=observation, by=request.user)
    return step(request, form) or refused(request, form, the_queue(request))


def the_queue(request: MemberRequest) -> str:
    """The address of the queue, where one goes after each: at the page that one came from."""
    return f"{reverse('issues:triage')}{from_page(request)}"


def step(request: MemberRequest, form: RegisterForm) -> HttpResponse | None:
    """Take the step and go back to the queue; None when it was not sent, or refused."""
    return save_once(request, form, then=lambda _: the_queue(request))
