"""Everything a request does with files fits in the time that a proxy waits for a page."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from base.files import forms, gate
from temagrupp.tools.terminal import ROOT
from tests.base.files.made import pdf


def test_the_whole_of_it_is_shorter_than_the_proxy_waits() -> None:
    served = Path(ROOT, "docs/howto/serve.md").read_text()

    assert "proxy_read_timeout 15s;" in served
    assert gate.SECONDS_TO_WAIT + gate.SECONDS <= gate.SECONDS_IN_ALL <= 13
    assert forms.SECONDS < gate.SECONDS_IN_ALL


def test_who_waits_for_others_files_is_told_so_in_time() -> None:
    began = time.monotonic()
    with gate.AT_ONCE, gate.AT_ONCE, pytest.raises(ValidationError, match="granskar andra filer just nu"):
        gate.clear(pdf(), "fil.pdf", ends=began + 0.2)

    assert time.monotonic() - began < 2


def test_a_file_that_had_no_time_left_is_not_called_demanding() -> None:
    with pytest.raises(ValidationError, match="granskar andra filer just nu"):
        gate.clear(pdf(), "fil.pdf", ends=time.monotonic() + 0.01)
