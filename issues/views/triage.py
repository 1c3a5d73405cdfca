"""The samordnare's sorting: each new observation into an issue, into the lägesbild or out with a reason."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from issues import rules
from issues.forms.triage import AttachForm, NoteForm, ObservationIssueForm, PutBackForm, RejectForm
from issues.models import Observation
from issues.models.suggesting import offer, suggest
from issues.observation_wording import queue_headline, sorted_words
from issues.views.observation import get_observation
from members.access import MemberRequest, ensure, ensure_member
from temagrupp.ui.forms import HouseFormMixin
from temagrupp.ui.once import sent_once
from temagrupp.ui.pagination import paginate
from temagrupp.ui.refusals import tell_refusal

SortingForm = ObservationIssueForm | NoteForm | PutBackForm | RejectForm | AttachForm


def get_observation_to_sort(request: MemberRequest, pk: int) -> Observation:
    return ensure(rules.may_sort_observation, request.user, get_observation(request, pk))


@require_GET
def triage(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_triage, request.user)
    queue = Observation.objects.visible_to(request.user).to_triage()
    page = paginate(request, queue.with_facts())
    suggestions = suggest(page.rows, request.user)
    rows = [(observation, suggestions.get(observation.pk)) for observation in page]
    headline = queue_headline(total=page.total, for_meeting=queue.for_meeting().count())
    return render(request, "issues/triage.html", {"page": page, "rows": rows, "headline": headline})


@require_http_methods(["GET", "POST"])
def observation_issue(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_sort(request, pk)
    form = ObservationIssueForm(request.POST if request.method == "POST" else None, observation=observation)
    if form.is_valid() and (response := sort(request, observation, form)):
        return response
    return render(request, "issues/observation_issue.html", {"form": form, "observation": observation})


@require_http_methods(["GET", "POST"])
def observation_attach(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_sort(request, pk)
    words = request.GET.get("sok", "")
    offered = list(offer(words, request.user))
    form = AttachForm(
        request.POST if request.method == "POST" else None,
        member=request.user,
        suggestion=suggest([observation], request.user).get(observation.pk),
        offered=offered,
    )
    if form.is_valid() and (response := sort(request, observation, form)):
        return response
    page = {"form": form, "observation": observation, "words": words, "offered": offered}
    return render(request, "issues/observation_attach.html", page)


@require_POST
def observation_note(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_sort(request, pk)
    form = NoteForm(request.POST)
    return (form.is_valid() and sort(request, observation, form)) or refused(request, form)


@require_http_methods(["GET", "POST"])
def observation_reject(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_sort(request, pk)
    form = RejectForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (response := sort(request, observation, form)):
        return response
    return render(request, "issues/observation_reject.html", {"form": form, "observation": observation})


@require_POST
def observation_put_back(request: MemberRequest, pk: int) -> HttpResponse:
    observation = get_observation_to_sort(request, pk)
    form = PutBackForm(request.POST)
    return (form.is_valid() and sort(request, observation, form)) or refused(request, form)


def sort(request: MemberRequest, observation: Observation, form: SortingForm) -> HttpResponseRedirect | None:
    """Do it once and go on with the queue. None when somebody else was first: the form says who."""

    def sort_and_go_on() -> str:
        form.sort(observation, by=request.user)
        return reverse("issues:triage")

    return sent_once(request, form, sort_and_go_on, message=lambda _: sorted_words(observation))


def refused(request: MemberRequest, form: HouseFormMixin) -> HttpResponseRedirect:
    """Back to the queue, told what stopped it."""
    tell_refusal(request, form)
    return redirect("issues:triage")
