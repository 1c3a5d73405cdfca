"""The views of the group's notes on an issue."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from base.ui.methods import require_safe_or_post
from base.ui.once import posted, refused, save_once
from issues import rules
from issues.forms.note import NoteCorrectForm, NoteForm, NoteWithdrawForm
from issues.models import Note
from issues.opening import tell_opened
from issues.views.issue import get_issue
from members.access import MemberRequest, ensure


def get_note_to_mend(request: MemberRequest, pk: int) -> Note:
    """Her own note. Raises Http404 when she may not know of it, PermissionDenied when it is another's."""
    note: Note = get_object_or_404(Note.objects.visible_to(request.user).select_related("issue"), pk=pk)
    tell_opened(request, issue=note.issue)
    return ensure(rules.may_mend_note, request.user, note)


@require_safe_or_post
def issue_note(request: MemberRequest, number: str) -> HttpResponse:
    issue = ensure(rules.may_write_notes, request.user, get_issue(request, number))
    form = NoteForm(posted(request), issue=issue, by=request.user)
    return save_once(request, form) or render(request, "issues/issue_note.html", {"form": form, "issue": issue})


@require_safe_or_post
def note_correct(request: MemberRequest, pk: int) -> HttpResponse:
    note = get_note_to_mend(request, pk)
    form = NoteCorrectForm(posted(request), note=note, by=request.user)
    context = {"form": form, "note": note, "issue": note.issue}
    return save_once(request, form) or render(request, "issues/note_correct.html", context)


@require_POST
def note_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    note = get_note_to_mend(request, pk)
    form = NoteWithdrawForm(request.POST, note=note, by=request.user)
    return save_once(request, form) or refused(request, form, note)
