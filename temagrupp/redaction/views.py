"""The pages of masking: look for a passage, choose, mask, and read what has been masked. No address has the words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from base.swedish.passages import pattern
from base.ui.methods import require_safe_or_post
from base.ui.once import posted, save_once
from base.ui.pagination import paginate
from issues.models import Issue, Observation
from issues.numbers import is_number
from issues.opening import MASKING, tell_all_opened, tell_opened
from issues.views.issue import issue_known_to
from meetings.models import Minutes
from members.access import MemberRequest, ensure_member
from temagrupp.redaction import rules
from temagrupp.redaction.excerpts import marked
from temagrupp.redaction.finding import ANY_TEXT, EVERY, FoundText, NotFindable, find
from temagrupp.redaction.forms import PassageForm, RedactForm, RedactTextForm
from temagrupp.redaction.function import NOTHING_LEFT
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.redacting import CAME_MEANWHILE
from temagrupp.redaction.scope import MaskingScope
from temagrupp.redaction.tombstones import named_places
from temagrupp.redaction.whole import versions_of, whole_pattern

STALE = {NOTHING_LEFT, CAME_MEANWHILE}
"""What the verb says where a page that is made anew tells more."""
QUOTED = 3
"""Texts of one version of minutes, where more of them have what is looked for."""


def get_scope(request: MemberRequest) -> MaskingScope:
    """What she may mask in, from the thing in the address. Raises Http404, PermissionDenied."""
    member, about = request.user, get_about(request)
    if not rules.may_redact(member, about):
        raise PermissionDenied
    if about:
        tell_opened(request, MASKING, **{str(about._meta.model_name): about})
    return MaskingScope(member, about)


def get_about(request: MemberRequest) -> Issue | Observation | None:
    """The thing in the address, `?arende=2026-41` or `?observation=12`. Raises Http404 when she may not know of it."""
    if number := request.GET.get("arende", ""):
        return get_object_or_404(issue_known_to(request.user, number) if is_number(number) else Issue.objects.none())
    if key := request.GET.get("observation", ""):
        visible = Observation.objects.visible_to(request.user).select_related("issue")
        return get_object_or_404(visible, pk=key if key.isdecimal() and len(key) < 10 else 0)
    return None


@never_cache
@require_safe_or_post
def redact(request: MemberRequest) -> HttpResponse:
    scope = get_scope(request)
    form = PassageForm(posted(request))
    why, unticked = request.POST.get("why", ""), "untick" in request.POST
    if found := found_with(form, scope, why=why, unticked=unticked):
        return show_found(request, found)
    about = scope.about
    whole = find(scope, ANY_TEXT, only=(about._meta.db_table, EVERY, str(about.pk))) if about else []
    context = {"form": form, "scope": scope, "whole": whole}
    return render(request, "redaction/redact.html", context)


@never_cache
@require_POST
def redact_save(request: MemberRequest) -> HttpResponse:
    scope = get_scope(request)
    asked = PassageForm(request.POST)
    form = found_with(asked, scope, request.POST)
    if form is None:
        return render(request, "redaction/redact.html", {"form": asked, "scope": scope})
    saved = save_once(request, form)
    if saved is None and STALE.intersection(form.non_field_errors()):  # somebody else was first, by a second
        form = found_with(PassageForm(request.POST), scope, request.POST) or form
    return saved or show_found(request, form)


def found_with(
    asked: PassageForm, scope: MaskingScope, data: QueryDict | None = None, **before: Any
) -> RedactForm | None:
    """The form to choose in. None where what is asked for cannot be looked for or stands in too many places.

    `before` is what stands in it before anything is chosen.
    """
    if not asked.is_valid():
        return None
    passage = asked.cleaned_data["passage"]
    try:
        return RedactForm(data, scope=scope, passage=passage, **before)
    except NotFindable as error:
        asked.add_error("passage", str(error))
        return None


def show_found(request: MemberRequest, form: RedactForm) -> HttpResponse:
    """The page of where the passage stands, to choose what is masked. It is told who opened what is restricted."""
    tell_found(request, form.hits)
    expression = pattern(form.sought)
    places = [(place, marked(place.text, expression), place.value in form.chosen) for place in form.hits]
    told_minutes = quoted(form.minutes, expression)
    context = {"form": form, "places": places, "told_minutes": told_minutes, "scope": form.scope}
    context |= {} if form.is_found else {"another": PassageForm()}
    return render(request, "redaction/found.html", context)


def quoted(found: Iterable[Minutes], expression: str) -> list[tuple[Minutes, list[SafeString]]]:
    """Each of the minutes with the first of the texts that say it."""
    return [(minutes, [marked(text, expression) for text in minutes.said[:QUOTED]]) for minutes in found]


def tell_found(request: MemberRequest, found: Iterable[FoundText]) -> None:
    """Tell of the restricted things whose words she is shown."""
    issues = Issue.with_struck.filter(restricted=True, pk__in={place.issue for place in found if place.issue})
    seen = {place.observation for place in found if place.observation}
    observations = Observation.with_withdrawn.filter(restricted=True, pk__in=seen)
    tell_all_opened(request, MASKING, [*issues, *observations])


@never_cache
@require_safe_or_post
def redact_text(request: MemberRequest, table: str, column: str, key: str) -> HttpResponse:
    scope = get_scope(request)
    place = next(iter(find(scope, ANY_TEXT, only=(table, column, key))), None)
    if place is None:
        raise Http404
    tell_found(request, [place])
    expression = cache(lambda: whole_pattern(versions_of(place)))
    make = partial(RedactTextForm, posted(request), scope=scope, place=place, expression=expression)
    form = make()
    saved = save_once(request, form)
    if saved is None and CAME_MEANWHILE in form.non_field_errors():
        form = make()
    context = {
        "form": form,
        "told_minutes": lambda: quoted(form.minutes, expression()),
        "place": place,
        "scope": scope,
        "is_too_short": lambda: form.reaches_minutes and not expression(),
    }
    return saved or render(request, "redaction/redact_text.html", context)


@require_safe
def redaction_list(request: MemberRequest) -> HttpResponse:
    ensure_member(rules.may_read_redactions, request.user)
    redactions = Redaction.objects.visible_to(request.user).with_places_for(request.user).latest_first()
    return render(request, "redaction/redaction_list.html", {"page": paginate(request, redactions)})


@require_safe
def redaction_detail(request: MemberRequest, pk: int) -> HttpResponse:
    known = Redaction.objects.visible_to(request.user).with_places_for(request.user)
    redaction: Any = get_object_or_404(known, pk=pk)
    context = {
        "redaction": redaction,
        "places": named_places(redaction.known_texts),
        "copies": named_places(redaction.known_copies),
        "tables": redaction.known_tables,
        "may_read_redactions": rules.may_read_redactions(request.user),
    }
    return render(request, "redaction/redaction_detail.html", context)
