"""The commands, run as a user runs them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ["pandas", "numpy", "pyarrow", "lxml", "bs4", "jieba", "rjieba", "trafilatura", "rich", "yaml", "selectolax"]


def run(*args: str, stdin: str = "", code: int = 0) -> str:
    """Run ``python -m pipeline`` with ``args``; returns its stdout, after checking its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *args],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def answers(command: str, *requests: object) -> list[dict]:
    stdin = "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in requests)
    return [json.loads(line) for line in run(command, stdin=stdin).splitlines()]


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys, pipeline.cli as c; c.parser().format_help(); print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_has_help() -> None:
    listing = run("--help")
    for command in ("ingest", "clean", "annotate", "show", "describe", "check", "add", "watch", "completion"):
        assert f"    {command}" in listing
        assert len(run(command, "--help").splitlines()) > 3


def test_version() -> None:
    import pipeline

    assert run("--version").strip() == pipeline.__version__


@pytest.mark.parametrize("args", [["nosuch"], [], ["show"], ["ingest", "--workers", "many"]])
def test_wrong_usage(args: list[str]) -> None:
    assert run(*args, code=2) == ""


def test_clean_answers_each_line_with_one_line() -> None:
    body = "青岛市科技局公示了名单，共有231家单位入选，其中海尔有9家。\n责任编辑：李明"
    page = "<div><p>Haier opened a plant in <b>Tur</b>key.</p></div>"
    first, second = answers(
        "clean", {"id": "a", "raw": body, "format": "text"}, {"id": 7, "raw": page, "format": "html"}
    )
    assert first["id"] == "a"
    assert first["text"].startswith("青岛市科技局公示了名单")
    for cut in first["cuts"]:
        assert body[cut["start"] : cut["end"]] == cut["text"]
        assert set(cut) == {"start", "end", "kind", "reason", "score", "text"}
    assert (second["id"], second["text"].strip(), second["cuts"]) == (7, "Haier opened a plant in Turkey.", [])


def test_annotate_gives_rows_as_in_the_tables() -> None:
    text = "海尔集团去年营收超2000亿元。"
    (answer,) = answers("annotate", {"id": 1, "text": text, "published": "2022-08-25"})
    (figure,) = answer["figures"]
    assert (figure["surface"], figure["value"], figure["cmp"], figure["currency"]) == ("超2000亿元", 2e11, "gt", "CNY")
    (when,) = answer["dates"]
    assert (when["surface"], when["start_date"], when["end_date"]) == ("去年", "2021-01-01", "2021-12-31")
    (organization,) = answer["organizations"]
    assert organization["surface"] == "海尔集团"
    assert "".join(text[start:end] for start, end in answer["tokens"]) == text


@pytest.mark.parametrize("command", ["clean", "annotate"])
def test_a_line_that_is_no_request_gets_an_error_and_the_next_an_answer(command: str) -> None:
    good = {"id": 2, "raw": "海尔", "text": "海尔"}
    wrong = ["not json", [], {"id": 1}, {"id": 1, "raw": 5, "text": 5}, "null"]
    *errors, last = answers(command, *wrong, good)
    assert len(errors) == len(wrong)
    assert all("error" in error for error in errors)
    assert last["id"] == 2
    assert "error" not in last


def test_show_marks_mentions_and_cuts() -> None:
    out = run("show", "raw/000_a5580373787fbe3d.txt")
    assert "[O:Haier]" in out
    assert "[-spam: 扑克王" in out
    assert "D  May 7th, 2015 " in out


@pytest.mark.parametrize(
    ("args", "advice"),
    [
        (["show", "raw/004_d85ed296f1fc682.txt"], "did you mean raw/004_d85ed296f1fc6824.txt"),
        (["show", "raw"], "give a file in it"),
        (["show", "nosuch/a.txt"], "nosuch/a.txt: No such file"),
        (["ingest", "--raw", "rawe", "--dry-run"], "did you mean raw"),
        (["report", "--out", "nosuch"], "run `make ingest`"),
    ],
)
def test_wrong_paths_get_help(args: list[str], advice: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pipeline", *args], capture_output=True, encoding="utf-8", cwd=ROOT)
    assert (done.returncode, done.stdout) == (74, "")
    assert advice in done.stderr
    assert len(done.stderr.splitlines()) == 1
