"""The mail that members are sent: what each chooses, from her account or from the mail, and what did not reach."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from base.swedish.words import listed
from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from base.ui.pagination import paginate
from members import rules
from members.access import MemberRequest
from members.actor import Actor
from members.broken_link import broken_link
from members.forms.notice import LetBeForm, NoticeStepForm, SendAgainForm
from members.forms.notice_choices import NoticeChoicesForm
from members.models import How, NoticeChoice
from members.outbox.trouble import FROM_THE_LIST, held_back_from, late_words, seen_to, to_see_to
from members.outbox.unsubscribing import read, take_again, unsubscribe


@require_safe_or_post
def notice_choices(request: MemberRequest) -> HttpResponse:
    form = NoticeChoicesForm(posted(request), member=request.user)
    return save_once(request, form) or render(request, "members/notice_choices.html", {"form": form})


@csrf_exempt  # a mail program sends it, which has seen no page of ours (RFC 8058)
@login_not_required
@never_cache
@require_safe_or_post
def no_more_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, and do or undo it: a mail scanner that only looks changes nothing. It shows how it stands then.

    The answer to what is sent is the page itself: a mail program follows no redirect.
    """
    found = read(token)
    if not found:
        return broken_link(request, "members/no_more_mail_void.html")
    member, subjects = found
    before = chosen = NoticeChoice.objects.of(member)
    again = request.POST.get("again")
    if again is not None:
        chosen = take_again(member, subjects, again.split())
    elif request.method == "POST":
        chosen = unsubscribe(member, subjects)
    context = {
        "subjects": listed([subject.in_passing for subject in subjects]),
        "told": [(subject.label, chosen[subject].label) for subject in subjects],
        "is_done": all(chosen[subject] == How.NEVER for subject in subjects),
        "is_back": again is not None,
        "before": " ".join(before[subject] for subject in subjects),
    }
    return render(request, "members/no_more_mail.html", context)


@require_safe
def undelivered(request: MemberRequest) -> HttpResponse:
    page = paginate(request, to_see_to(request.user).to_look_at())
    may_manage = rules.may_manage_members(request.user)
    context = {
        "page": page,
        "mails": seen_to(page, request.user),
        "may_manage": may_manage,
        "late": may_manage and late_words(request.user, timezone.now()),
        "held_back": held_back_from(request.user, timezone.now()) if may_manage else [],
    }
    return render(request, "members/undelivered.html", context)


def back_to_the_list(request: HttpRequest) -> str:
    """The page of what did not reach, where one came from it to put an address right; else empty."""
    return reverse("members:undelivered") if FROM_THE_LIST in request.GET else ""


@require_POST
def notice_send_again(request: MemberRequest, pk: int) -> HttpResponse:
    return step(request, pk, SendAgainForm)


@require_POST
def notice_let_be(request: MemberRequest, pk: int) -> HttpResponse:
    return step(request, pk, LetBeForm)


def step(request: MemberRequest, pk: int, form_class: type[NoticeStepForm]) -> HttpResponse:
    notice = get_object_or_404(to_see_to(request.user).select_related("member", "organisation"), pk=pk)
    form = form_class(request.POST, notice=notice, by=Actor.of(request.user))
    return save_once(request, form) or refused(request, form, "members:undelivered")
