"""A new register gets its first samordnare from the command line; everybody else she enters herself."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from members.models import Member

pytestmark = pytest.mark.django_db


def test_the_first_samordnare_is_told_how_she_gets_in() -> None:
    out = StringIO()

    call_command("add_coordinator", "maja@exempel.se", "Maja Exempel", stdout=out)

    member = Member.objects.get()
    assert (member.role_name, member.has_usable_password()) == ("samordnare", False)
    assert out.getvalue() == "Maja Exempel är samordnare och väljer sitt lösenord genom ”Glömt lösenord”.\n"


def test_the_address_is_kept_as_people_read_it(db: None) -> None:
    call_command("add_coordinator", "\u00a0MAJA@xn--ml-xiab.se", "Maja  Exempel", stdout=StringIO())

    member = Member.objects.get()
    assert (member.email, member.name) == ("maja@åmål.se", "Maja Exempel")


@pytest.mark.parametrize(
    "email", ["inte en adress", "maja@exempel.se", "MAJA＠exempel.se.", "maja@å..se", "maja@😀.se"]
)
def test_an_address_that_cannot_be_used_is_a_sentence(coordinator: Member, email: str) -> None:
    with pytest.raises(CommandError):
        call_command("add_coordinator", email, "Maja Exempel")

    assert Member.objects.get() == coordinator
