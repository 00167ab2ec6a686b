"""The generator of files to measure on, and the small machinery around it."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import generate, speed


@pytest.fixture(scope="module")
def files() -> list[tuple[str, bytes]]:
    return list(generate.articles(200))


def test_files_are_always_the_same_and_do_not_depend_on_how_many(files):
    assert [generate.article(index) for index in (3, 49, 199)] == [files[3], files[49], files[199]]
    assert generate.article(3, seed=2)[1] != files[3][1]


def test_files_are_of_every_sort(files):
    data = [content for _, content in files]
    assert len({name for name, _ in files}) == 200
    assert 140 < sum(b"\n---" in content[:8] for content in data) < 190
    assert sum(content.startswith(b"\xef\xbb\xbf") for content in data) > 2
    assert sum(b"\r\n" in content for content in data) > 2
    assert sum("新".encode("gb18030") in content for content in data) > 2
    assert 5 < sum("臺".encode() in c or "與".encode() in c for c in data) < 30
    assert 20 < sum(b"chief executive" in c or b" said" in c for c in data) < 60
    assert 4000 < sum(map(len, data)) / 200 < 8000


def test_a_mirror_tells_the_same_story(files):
    original, mirror = generate.story(42), files[49][1].decode("utf-8-sig")
    assert original.paragraphs[3] in mirror
    assert files[42][1] != files[49][1]


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def test_every_slot_is_filled(files):
    assert not [name for name, data in files if set("{}") & set(_text(data))]


def test_a_measured_run_has_time_and_memory():
    run = speed.measure([sys.executable, "-c", "import time; data = bytearray(50_000_000); time.sleep(0.4)"])
    assert run.wall >= 0.4
    assert run.cpu < run.wall + 1
    assert run.memory > 50_000_000


def test_a_run_that_fails_says_so():
    with pytest.raises(subprocess.CalledProcessError) as error:
        speed.measure([sys.executable, "-c", "raise SystemExit('no such luck')"])
    assert "no such luck" in error.value.output


def test_the_table_replaces_the_old_one_only(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{speed.MARKS[0]}\nold\n{speed.MARKS[1]}\nafter\n")
    speed.update(page, "new")
    assert page.read_text() == f"before\n{speed.MARKS[0]}\nnew\n{speed.MARKS[1]}\nafter\n"


def test_the_plain_script_reads_them_all(tmp_path: Path):
    generate.write(tmp_path / "raw", 4)
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.student", str(tmp_path / "raw"), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("4 articles, ")
    assert (tmp_path / "out" / "figures.csv").stat().st_size > 1000
