"""A web process whose mail server is slow: nobody waits for it but the process itself, when it is told to stop."""

from benchmarks.serving import Browser
from tests.serving.conftest import Register, serving
from tests.serving.mail_server import slow_mail_server

RESET = "/konto/password/reset/"
SECONDS = 5
ANOTHER = "siv.ny@exempel.se"


def test_how_long_an_answer_takes_does_not_tell_who_is_a_member(register: Register) -> None:
    told: dict[str, list[float]] = {}
    with slow_mail_server(SECONDS) as (address, taken):
        with serving(register.environment | {"EMAIL_URL": address}) as web:
            browser = Browser(web.port)
            browser.get(RESET)
            for email in ("okand@exempel.se", register.member.email):
                browser.get(RESET)
                answers = [browser.post(RESET, {"email": email}), browser.get(f"{RESET}done/")]
                assert [answer.status for answer in answers] == [302, 200]
                told[email] = [answer.milliseconds for answer in answers]
            browser.connection.close()
            web.process.terminate()

            assert web.process.wait(15) == 0
        assert taken == [register.member.email]
    assert max(max(times) for times in told.values()) < SECONDS * 1_000 / 2, told


def test_a_changed_address_and_mark_are_saved_without_waiting_for_their_four_mails(register: Register) -> None:
    with slow_mail_server(SECONDS) as (address, taken):
        with serving(register.environment | {"EMAIL_URL": address}) as web:
            browser = web.signed_in(register.member)
            entered = browser.post("/gruppen/medlemmar/ny/", {"name": "Siv Test", "email": "siv@exempel.se"})
            page = f"/gruppen/medlemmar/{register.member.pk + 1}/andra/"
            changed = {"name": "Siv Test", "email": ANOTHER, "is_active": "on", "is_coordinator": "on"}
            answer = browser.post(page, changed)
            browser.connection.close()
            web.process.terminate()

            assert (entered.status, answer.status, web.process.wait(15)) == (302, 302, 0)
        assert sorted(taken) == sorted(["siv@exempel.se", ANOTHER, ANOTHER, register.member.email])
    assert answer.milliseconds < SECONDS * 1_000 / 2
