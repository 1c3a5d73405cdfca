"""What may be asked of the demo when it is started, said before anything is made."""

import pytest

from temagrupp.tools.demo_server import run_demo


@pytest.mark.parametrize("number", ["-1", "0.5", "många", "1e4", "1000001", "9" * 30])
def test_how_many_observations_is_a_whole_number_that_a_machine_can_hold(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run_demo([f"--observations={number}"])

    assert "--observations är ett helt tal från 0 till 1000000." in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "65536", "-80", "åtta"])
def test_a_port_is_a_number_that_a_port_can_have(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run_demo([f"--port={number}"])

    assert "--port är ett tal från 1 till 65535." in capsys.readouterr().err
