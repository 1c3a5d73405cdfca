"""A web process whose mail server is slow: nobody waits for it but the process itself, when it is told to stop."""

from benchmarks.serving import Browser
from tests.serving.conftest import Register, serving
from tests.serving.mail_server import slow_mail_server

RESET = "/konto/password/reset/"
SECONDS = 5


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
