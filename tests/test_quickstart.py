"""What docs/quickstart.md tells people to type works."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline

PAGE = Path("docs/quickstart.md").read_text("utf-8")


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """A folder with raw/ and processed/, as after `make ingest`."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree("raw", folder / "raw")
    shutil.copy("README.md", folder)
    pipeline.ingest(folder / "raw", folder / "processed", workers=1)
    return folder


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.filterwarnings("ignore")  # missing glyphs in the plot, which the page speaks of
def test_the_python(clone, monkeypatch, capsys):
    import matplotlib

    matplotlib.use("agg")
    monkeypatch.chdir(clone)
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(block, "quickstart.md", "exec"), names)
    assert len(names["both"]) > 20
    assert str(names["row"]["surface"]) in capsys.readouterr().out


def test_the_commands(clone):
    lines = "".join(blocks("sh")).splitlines()
    targets = re.findall(r"^([a-z-]+):", Path("Makefile").read_text("utf-8"), re.MULTILINE)
    for line in lines:
        if line.startswith("make "):
            assert line.removeprefix("make ") in targets
        else:
            command = [sys.executable, *line.split()[1:]]
            assert subprocess.run(command, cwd=clone, capture_output=True).returncode == 0, line
    assert (clone / "exports" / "csv" / "figures.csv").exists()
