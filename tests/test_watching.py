"""Watching a folder, as a user does it: in a process of its own."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.extras import Missing
from pipeline.watching import watch

pytest.importorskip("watchfiles")


class Watcher:
    """``watch`` on a folder, and what it has printed."""

    def __init__(self, raw: Path, out: Path) -> None:
        self.log = out.with_name("log")
        words = ["watch", "--raw", str(raw), "--out", str(out), "--quiet", "0.5", "--workers", "1"]
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "pipeline", *words], stdout=log, stderr=log)

    def wait_for(self, ingests: int) -> None:
        end = time.monotonic() + 60
        while self.log.read_text().count("done in") < ingests:
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30), self.log.read_text()


@pytest.fixture
def watcher(raw: Path, out: Path) -> Iterator[Watcher]:
    watcher = Watcher(raw, out)
    try:
        yield watcher
    finally:
        watcher.process.kill()
        watcher.process.wait()


def test_a_burst_is_one_ingest_and_ctrl_c_ends_it(watcher: Watcher, raw: Path, out: Path) -> None:
    watcher.wait_for(1)
    for number in range(40):  # as an editor saves: aside, then renamed; with its own files around
        (raw / ".note.txt.swp").write_text("x")
        (raw / "note.txt~").write_text("x")
        (raw / "note.txt.tmp").write_text(f"Ferry {number} sailed at noon.\n")
        (raw / "note.txt.tmp").rename(raw / f"note{number}.txt")
        (raw / "4913").write_text("")
        (raw / "4913").unlink()
    watcher.wait_for(2)
    paths = set(pipeline.load("articles", out)["path"])
    assert {f"note{number}.txt" for number in range(40)} <= paths
    assert not {path for path in paths if path.endswith(("~", ".tmp", ".swp"))}
    (raw / ".hidden").write_text("x")
    (raw / "b.part").write_text("x")
    time.sleep(1.2)  # longer than it waits for quiet: these start nothing
    (raw / "note0.txt").unlink()
    watcher.wait_for(3)
    code, log = watcher.stop()
    assert code == 130
    assert log.count("done in") == 3 == len(pipeline.load("runs", out))
    assert "Traceback" not in log


def test_it_says_what_it_needs(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.extras.find_spec", lambda name: None)
    with pytest.raises(Missing, match=r"news-pipeline\[watch\]"):
        watch(raw, lambda: None)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        watch(tmp_path / "nosuch", lambda: None)
