"""Passwords: which are refused, with what sentence, and that one is the same however it was typed."""

import random
import string
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from unittest import mock

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from issues.models import Place
from members import passwords
from members.models import Group, Member, Organisation
from members.passwords import PasswordValidator
from tests.factories import PASSWORD

CHANGE = "/konto/password/change/"


def refusal(password: str, member: Member | None = None) -> str:
    try:
        PasswordValidator().validate(password, member)
    except ValidationError as error:
        return str(error.message)
    return ""


@contextmanager
def hashings() -> Iterator[list[str]]:
    """The passwords that reach a hasher while the block lasts."""
    seen: list[str] = []
    encode, verify = hashers.MD5PasswordHasher.encode, hashers.MD5PasswordHasher.verify

    def noting(method: str, made: object) -> object:
        def note(self: object, password: str, *rest: object) -> object:
            seen.append(password)
            return made(self, password, *rest)  # type: ignore[operator]

        return mock.patch.object(hashers.MD5PasswordHasher, method, note)

    with noting("encode", encode), noting("verify", verify):  # type: ignore[attr-defined]
        yield seen


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("ljus i tunn", passwords.TOO_SHORT),
        ("å" * 201, passwords.TOO_LONG),
        ("x" * 2_000_000, passwords.TOO_LONG),
        ("ljus i\x00 tunneln", passwords.UNUSABLE),
        ("ljus i\ttunneln", passwords.UNUSABLE),
        ("ljus i \ud800tunneln", passwords.UNUSABLE),
        ("123456789012", passwords.ONLY_DIGITS),
        ("0383-97 10 00", passwords.ONLY_DIGITS),
        ("19850412-1234", passwords.ONLY_DIGITS),
        ("aaaaaaaaaaaa", passwords.REPEATED),
        (" " * 12, passwords.REPEATED),
        ("\u00a0" * 12, passwords.REPEATED),
        ("\u200b" * 12, passwords.REPEATED),
        ("." * 12, passwords.REPEATED),
        ("a" * 200, passwords.REPEATED),
        ("abcabcabcabc", passwords.REPEATED),
        ("hej hej hej hej", passwords.REPEATED),
        ("abcdefghijkl", passwords.IN_ORDER),
        ("qwertyuiopåä", passwords.KNOWN),
        ("asdfghjklöäö", passwords.KNOWN),
        ("1q2w3e4r5t6y", passwords.KNOWN),
        ("vetlanda1234", passwords.KNOWN),
        ("v3tl4nda1234", passwords.KNOWN),
        ("Vetlanda kommun", passwords.KNOWN),
        ("Trygghet Vetlanda 1", passwords.KNOWN),
        ("Sommaren2026", passwords.KNOWN),
        ("Sommaren 2026!", passwords.KNOWN),
        ("januari2026januari", passwords.KNOWN),
        ("Måndag123456", passwords.KNOWN),
        ("Välkommen2026!", passwords.KNOWN),
        ("valkommen2026!", passwords.KNOWN),
        ("Hemligt1234!", passwords.KNOWN),
        ("lösenord1234", passwords.KNOWN),
        ("lösenordet är hemligt", passwords.KNOWN),
        ("anna andersson 1", passwords.KNOWN),
        ("ｖｅｔｌａｎｄａ１２３４", passwords.KNOWN),
        ("vеtlаndа1234", passwords.KNOWN),  # Cyrillic е and а
        ("vet\u200blan\u200bda1234", passwords.KNOWN),
        ("password12345", passwords.KNOWN),
        ("P@ssw0rd!2026", passwords.KNOWN),
        ("pa55w0rd1234", passwords.KNOWN),
        ("7rygghet1985", passwords.KNOWN),
        ("Bengtsson1985", passwords.KNOWN),
        ("Bengtsson 1985", passwords.KNOWN),
        ("B3ngt$$on1985", passwords.KNOWN),
        ("Sommarstuga2026", passwords.ONE_WORD),
        ("SommarStuga2026", passwords.ONE_WORD),
        ("!!Sommarst\u200buga2026", passwords.ONE_WORD),
        ("Sömmarst0ga.2026", passwords.ONE_WORD),
        ("BROTTSFÖREBYGGARE", passwords.ONE_WORD),
        ("Brottsförebyggare1", passwords.ONE_WORD),
        ("trygghetsgruppen1", passwords.ONE_WORD),
        ("Polisområdet1", passwords.ONE_WORD),
        ("12 Zetterqvistare", passwords.ONE_WORD),
        ("correcthorsebatterystaple", passwords.KNOWN),
        ("correct horse battery staple", passwords.KNOWN),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_what_is_easily_guessed_is_refused_with_what_is_wrong(db: None, password: str, says: str) -> None:
    Group.objects.create(pk=1, name="Trygghet Vetlanda", municipality="Vetlanda kommun")

    assert refusal(password) == says


@pytest.mark.parametrize(
    "password",
    ["Omar Prov 12", "omarprov1985", "Omar.Prov.2026", "omar@exempel.se", "Prov-Omar-123", "voromarprov12"],
)
def test_ones_own_name_and_digits_are_refused(representative: Member, password: str) -> None:
    assert refusal(password, representative) != ""


@pytest.mark.parametrize(
    "password", ["Tekniska förvaltningen 1", "tekniskaforvaltningen", "witalabostader2026", "Norra gångtunneln 7"]
)
def test_the_names_of_the_group_its_organisations_and_places_are_refused(
    representative: Member, housing: Organisation, password: str
) -> None:
    Place.objects.create(name="Norra gångtunneln")

    assert refusal(password, representative) == passwords.KNOWN


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "några ord på rad",
        "fyra av sex lampor",
        "en lykta vid stigen",
        "tre ord på rad",
        "kaffe på altanen",
        "tolv blå kaniner",
        "correct horse battery",
        "kx7!Qp2#mZ9v",
        "snö ris bok mån",
        "🦊 räv i röd rock",
        "мама мыла раму вчера",
        "xK7vQ2mPz9Lt",
        "xk7vq2mpz9lt",
        "xk4vq0mpzylt",
        "e7a3f05bcd1ae4b0",
        "QwXkVbZpLtRm",
        "tunqoz-Xybdif-1pukwe",
        "tolvblåkaniner i tunneln",
        "tolvblåkaninerpåaltanen",
        "a" * 72 + " en lykta vid stigen",
        "en lykta vid stigen " * 9 + "och tolv blå kaniner",
    ],
)
def test_some_words_in_a_row_pass(representative: Member, password: str) -> None:
    assert refusal(password, representative) == ""


LEET = "4@8({[<369 1!|7 0$5+7%2"


@pytest.mark.parametrize(
    "block",
    [
        *["aB1", "1234", "4$1", "@4($1|", "p4s5w0rd@$", "qwertyuiop", "2026-01-01", "ÅÄÖ", "password love monkey "],
        *[LEET, LEET[:16] + "q", LEET[:12], "\ufdfa", ". "],
    ],
)
def test_no_password_is_long_to_judge(db: None, block: str) -> None:
    assert seconds_to_judge((block * 200)[:200]) < 0.3


@pytest.mark.parametrize("length", [64, 100, 200])
@pytest.mark.parametrize(
    "signs", [string.digits + string.ascii_letters + string.punctuation, LEET, string.digits + "!"]
)
def test_no_random_password_is_long_to_judge(db: None, signs: str, length: int) -> None:
    assert seconds_to_judge("".join(random.Random(length).choices(signs, k=length))) < 0.3


def seconds_to_judge(password: str) -> float:
    """Of this thread's own work, whatever else the machine has to do."""
    refusal("tre ord på rad")  # reads the lists
    begun = time.thread_time()
    refusal(password)
    return time.thread_time() - begun


def test_two_who_choose_at_once_are_judged_by_their_own_names(db: None) -> None:
    said: dict[str, list[str]] = {"elinskiss": [], "ivartankt": []}

    def choose(name: str) -> None:
        said[name] += [passwords.weakness(f"{name}1985", [name]) for _ in range(20)]

    threads = [Thread(target=choose, args=[name]) for name in said]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == dict.fromkeys(said, [passwords.KNOWN] * 20)


def test_a_refused_password_is_told_in_the_form_and_not_saved(
    as_representative: Client, representative: Member
) -> None:
    typed = {"oldpassword": PASSWORD, "password1": "vetlanda1234", "password2": "vetlanda1234"}

    page = as_representative.post(CHANGE, typed).content.decode()

    assert passwords.KNOWN in page
    assert "vetlanda1234" not in page
    representative.refresh_from_db()
    assert representative.check_password(PASSWORD)


@pytest.mark.parametrize(
    "wrong",
    [{"oldpassword": "fel"}, {"oldpassword": ""}, {"password2": "något helt annat"}, {"password2": ""}],
    ids=str,
)
def test_a_new_password_is_judged_when_the_rest_is_right(
    as_representative: Client, representative: Member, wrong: dict[str, str]
) -> None:
    typed = {"oldpassword": PASSWORD, "password1": "vetlanda1234", "password2": "vetlanda1234"}

    assert passwords.KNOWN not in as_representative.post(CHANGE, typed | wrong).content.decode()
    assert passwords.KNOWN in as_representative.post(CHANGE, typed).content.decode()


@pytest.mark.parametrize("field", ["oldpassword", "password1"])
def test_two_million_signs_never_reach_the_hasher(as_representative: Client, field: str) -> None:
    typed = {"oldpassword": PASSWORD, "password1": "tolv blå kaniner", "password2": "tolv blå kaniner"}
    with hashings() as seen:
        page = as_representative.post(CHANGE, typed | {field: "x" * 2_000_000}).content.decode()

    assert passwords.TOO_LONG in page
    assert max(map(len, seen), default=0) < 300


def test_two_million_signs_are_refused_at_the_sign_in_before_they_are_hashed(
    client: Client, representative: Member
) -> None:
    with hashings() as seen:
        page = client.post("/konto/login/", {"login": "omar@exempel.se", "password": "x" * 2_000_000})

    assert passwords.TOO_LONG in page.content.decode()
    assert seen == []


def test_a_password_typed_on_a_mac_is_the_one_typed_elsewhere(client: Client, representative: Member) -> None:
    composed = "tolv blå\u00a0kaniner"
    representative.set_password(composed)
    representative.save()

    for typed in ("tolv blå kaniner", unicodedata.normalize("NFD", composed)):
        response = client.post("/konto/login/", {"login": "omar@exempel.se", "password": typed})
        assert response.status_code == 302
        client.logout()


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("tolv blå\u200b kaniner", passwords.UNSEEN),
        ("\ufefftolv blå kaniner", passwords.UNSEEN),
        ("tolv blå ka\u00adniner", passwords.UNSEEN),
        ("tolv \u202eblå kaniner\u202c", passwords.UNSEEN),
        ("tolv blå kaniner\u3164", passwords.UNSEEN),  # an empty letter
        ("tolv blå 👩\u200d🌾 kaniner", passwords.UNSEEN),
        (" tolv blå kaniner", passwords.BLANK_FIRST),
        ("tolv blå kaniner ", passwords.BLANK_LAST),
        ("tolv blå kaniner\u00a0", passwords.BLANK_LAST),
        ("tolv blå kaniner\u3000", passwords.BLANK_LAST),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_what_nobody_sees_in_a_new_password_is_refused_with_what_to_do(db: None, password: str, says: str) -> None:
    assert refusal(password) == says


@pytest.mark.parametrize("old", ["tolv blå kaniner\u00a0", "tolv\u200b blå kaniner"], ids=ascii)
def test_what_a_new_password_may_not_have_still_works_in_an_old_one(
    as_representative: Client, client: Client, representative: Member, old: str
) -> None:
    typed = {"oldpassword": PASSWORD, "password1": old, "password2": old}
    said = as_representative.post(CHANGE, typed).context["form"].errors
    assert said["password1"][0] in {passwords.UNSEEN, passwords.BLANK_LAST}
    representative.set_password(old)
    representative.save()

    assert client.post("/konto/login/", {"login": "omar@exempel.se", "password": old}).status_code == 302


def test_both_fields_of_a_new_password_may_have_been_composed_otherwise(
    as_representative: Client, representative: Member
) -> None:
    new = "tolv blå kaniner"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": unicodedata.normalize("NFD", new)}

    assert as_representative.post(CHANGE, typed).status_code == 302
    representative.refresh_from_db()
    assert representative.check_password(new)


@pytest.mark.parametrize("new", ["å" * 201, "tolv\nblå kaniner"])
def test_what_is_wrong_with_a_new_password_is_said_once(as_representative: Client, new: str) -> None:
    page = as_representative.post(CHANGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert "En sak behöver rättas" in page.content.decode()
    assert [*page.context["form"].errors] == ["password1"]


def test_a_password_is_not_changed_to_itself(as_representative: Client) -> None:
    again = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": unicodedata.normalize("NFD", PASSWORD)}

    page = as_representative.post(CHANGE, again).content.decode()

    assert "Det är samma lösenord som du har nu. Välj ett annat." in page
    assert mail.outbox == []
