"""The mails that are sent apart, by threads of their own."""

import threading


def wait_for_mails(**told: object) -> None:
    """A test reads its mails as soon as it has its answer, or has committed."""
    for thread in threading.enumerate():
        if thread.name == "sends a mail":  # SENDING_APART: no model can be imported when the tests begin
            thread.join()
