"""Every command and every example in the README runs, and prints what it says."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("bash") for line in block.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``processed/``, made of the articles in the repository."""
    folder = tmp_path_factory.mktemp("readme")
    pipeline.ingest(ROOT / "raw", folder / "processed")
    return folder


def test_there_is_something_to_run() -> None:
    assert {"make ingest", "make test"} <= set(COMMANDS)
    assert blocks("pycon")


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command: str, workplace: Path) -> None:
    environment = os.environ | {
        "OUT": str(workplace / "processed"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTEST_ADDOPTS": "--collect-only",  # `make test` finds the tests, but does not run this one again
    }
    # Both rooms are the same folder to the commands, which read and write processed/ where they stand.
    command = command.replace("processed", str(workplace / "processed"))
    done = subprocess.run(command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_examples(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks("pycon")), {}, "README", "README.md", 0)
    out: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    results = runner.run(example, out=out.append)
    assert results.attempted
    assert not results.failed, "".join(out)
