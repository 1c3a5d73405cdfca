"""The way in with nothing but Python. That it also comes up from nothing is shown by .ci/run."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from temagrupp.tools import environment
from temagrupp.tools.terminal import ROOT

LOCK = """
[[package]]
name = "django"
version = "5.2.19"

[[package]]
name = "uv"
version = "0.13.9"
sdist = { url = "https://files.pythonhosted.org/uv.tar.gz", hash = "sha256:5" }
wheels = [
    { url = "https://files.pythonhosted.org/uv-a.whl", hash = "sha256:a" },
    { url = "https://files.pythonhosted.org/uv-b.whl", hash = "sha256:b" },
]
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone whose environment was never made."""
    (tmp_path / "uv.lock").write_text(LOCK)
    monkeypatch.setattr(environment, "LOCK", tmp_path / "uv.lock")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


@pytest.fixture
def filled(checkout: Path) -> Path:
    """A clone whose environment has a Python, and the stamps that the test gives it."""
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return checkout


def stamp(required: environment.Requirement) -> None:
    environment._stamp(required).write_text(environment._fingerprint())


def test_pip_is_given_the_hash_of_every_wheel_and_of_nothing_that_must_be_built(checkout: Path) -> None:
    assert environment.pinned_uv(checkout / "uv.lock") == "uv==0.13.9 --hash=sha256:a --hash=sha256:b"


def test_the_real_lock_file_pins_uv() -> None:
    assert environment.pinned_uv().count("--hash=sha256:") > 5


def test_what_the_tests_installed_serves_the_demo_too(filled: Path) -> None:
    stamp(environment.EVERYTHING)
    assert environment._is_stamped(environment.RUNTIME)


def test_what_the_demo_installed_is_not_enough_for_the_tests(filled: Path) -> None:
    stamp(environment.RUNTIME)
    assert environment._is_stamped(environment.RUNTIME)
    assert not environment._is_stamped(environment.EVERYTHING)


def test_a_changed_lock_file_is_installed_again(filled: Path) -> None:
    stamp(environment.EVERYTHING)
    environment.LOCK.write_text(LOCK.replace("5.2.19", "5.2.20"))
    assert not environment._is_stamped(environment.EVERYTHING)


def test_an_environment_whose_python_is_gone_is_made_again(filled: Path) -> None:
    stamp(environment.EVERYTHING)
    environment.PYTHON.unlink()
    environment.PYTHON.symlink_to("/gone/python3")
    assert not environment._is_stamped(environment.EVERYTHING)


@pytest.fixture
def stale(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with a newer lock file than its environment, and a process of that environment that may not write."""
    stamp(environment.RUNTIME)
    environment.LOCK.write_text(LOCK.replace("5.2.19", "5.2.20"))
    monkeypatch.setattr(environment, "ROOT", filled)
    monkeypatch.setattr(environment, "VENV", Path(sys.prefix))
    monkeypatch.setattr(environment, "_is_ready", lambda required: False)

    def refuse(path: Path, *how: object, **more: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    return filled


def test_a_server_that_may_write_nowhere_goes_on_with_the_environment_that_is_there(
    stale: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.enter(environment.RUNTIME)

    assert capsys.readouterr().err.strip() == (
        "Miljön i .venv är äldre än uv.lock, och här får ingen ny göras. Fortsätter med den som finns."
    )


def test_where_nothing_may_be_written_and_something_is_missing_it_is_one_sentence(stale: Path) -> None:
    required = environment.Requirement("more", (), ("no_such_module",))

    with pytest.raises(SystemExit) as ended:
        environment.enter(required)

    assert ended.value.code == f"Miljön går inte att göra i {stale}: Read-only file system."


def run_bare(folder: Path, preparation: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a clone of its own, by the Python outside our environment, after some preparation."""
    (folder / "temagrupp" / "tools").mkdir(parents=True)
    for file in [
        "manage.py",
        "uv.lock",
        "temagrupp/__init__.py",
        "temagrupp/tools/__init__.py",
        "temagrupp/tools/environment.py",
        "temagrupp/tools/lifeline.py",
        "temagrupp/tools/terminal.py",
    ]:
        shutil.copy(ROOT / file, folder / file)
    program = f"import sys, runpy; {preparation}; sys.argv = ['manage.py', 'demo']; sys.path.insert(0, '.')"
    run = f"{program}; runpy.run_path('manage.py', run_name='__main__')"
    python = sys._base_executable  # type: ignore[attr-defined]
    return subprocess.run([python, "-c", run], cwd=folder, capture_output=True, text=True, check=False)


def test_a_python_without_ensurepip_is_one_sentence_that_names_debians_package(tmp_path: Path) -> None:
    done = run_bare(tmp_path, "sys.modules['ensurepip'] = sys.modules['pip'] = None")
    assert (done.returncode, done.stderr.splitlines()[1:]) == (
        1,
        ["Python saknar ensurepip här. Installera det (på Debian: apt install python3-venv) och försök igen."],
    )
    assert not (tmp_path / ".venv").exists()


def test_a_python_that_is_too_old_is_one_sentence(tmp_path: Path) -> None:
    done = run_bare(tmp_path, "sys.version_info = (3, 10, 12)")
    assert (done.returncode, done.stderr) == (1, "Registret behöver Python 3.11 eller nyare, men det här är 3.10.\n")
