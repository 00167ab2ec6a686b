"""The main job: files in, tables out, once and again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from store_cases import everything, published

import pipeline
from pipeline.records import TABLES
from pipeline.run import ingest


def command(*words: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, words)], capture_output=True, text=True, check=False, timeout=60
    )


def test_every_table_is_published(raw: Path, out: Path) -> None:
    done = ingest(raw, out)
    assert done.files == 4
    assert done.rows["articles"] + done.rows["problems"] >= 4
    for name in TABLES:
        assert len(pipeline.load(name, out)) == done.rows[name]
        assert len(pd.read_parquet(out / name)) == done.rows[name]


def test_second_run_writes_nothing(raw: Path, out: Path) -> None:
    ingest(raw, out)
    before = everything(out)
    assert not ingest(raw, out).published
    assert everything(out) == before


def test_touched_file_writes_nothing(raw: Path, out: Path) -> None:
    ingest(raw, out)
    before = everything(out)
    os.utime(raw / "tea.txt", (1, 1))
    assert ingest(raw, out).processed == 0
    assert everything(out) == before


def test_edit_rename_delete_add(raw: Path, out: Path, tmp_path: Path) -> None:
    ingest(raw, out)
    (raw / "tea.txt").write_text("新的正文\n\n仓库建好了。\n", encoding="utf-8")
    (raw / "ferry.md").rename(raw / "boat.md")
    (raw / "sub/page.html").unlink()
    (raw / "new.txt").write_text("New\n\nThe new mill opened.\n", encoding="utf-8")
    done = ingest(raw, out)
    assert (done.processed, done.deleted) == (3, 2)
    assert set(pipeline.load("articles", out)["path"]) >= {"tea.txt", "boat.md", "new.txt"}
    ingest(raw, tmp_path / "full")
    assert published(out) == published(tmp_path / "full")


def test_edited_file_keeps_its_id(raw: Path, out: Path) -> None:
    ingest(raw, out)
    before = pipeline.load("articles", out).set_index("path").loc["tea.txt", "article_id"]
    (raw / "tea.txt").write_text("又改了\n\n今年的茶叶卖完了。\n", encoding="utf-8")
    ingest(raw, out)
    assert pipeline.load("articles", out).set_index("path").loc["tea.txt", "article_id"] == before


def test_same_text_is_marked(raw: Path, out: Path) -> None:
    text = "同样的一篇\n\n渡口的新船今天开航，可以载四百人。船长说他很高兴，明天还要再开两班。\n"
    for name in ("b.txt", "a.txt"):
        (raw / name).write_text(text, encoding="utf-8")
    ingest(raw, out)
    articles = pipeline.load("articles", out).set_index("path")
    assert articles.loc["b.txt", "duplicate_of"] == articles.loc["a.txt", "article_id"]
    assert articles.loc["b.txt", "duplicate_score"] == 1
    assert articles["duplicate_of"].notna().sum() == 1
    (raw / "a.txt").unlink()
    ingest(raw, out)
    assert pipeline.load("articles", out)["duplicate_of"].isna().all()


def test_odd_entries_become_problems(raw: Path, out: Path) -> None:
    os.mkfifo(raw / "pipe")
    (raw / "loop").symlink_to(raw)
    (raw / "gone").symlink_to(raw / "nowhere")
    (raw / ".hidden").write_text("x")
    (raw / "README.md").write_text("notes")
    (raw / "names.local.csv").write_text("name\n")
    with open(os.fsencode(raw) + b"/\xb2\xe8.txt", "wb") as file:
        file.write("名字不是UTF-8的文件\n\n正文在这里。\n".encode())
    done = ingest(raw, out)
    problems = pipeline.load("problems", out).set_index("path")
    assert problems.loc["pipe", "error"] == "no-regular-file"
    assert problems.loc["loop", "error"] == "symlink-loop"
    assert problems.loc["gone", "error"] == "broken-link"
    assert "\\xb2\\xe8.txt" in set(pipeline.load("articles", out)["path"])
    assert done.files == 8
    assert not ingest(raw, out).published


def test_command_prints_a_summary(raw: Path, out: Path) -> None:
    run = command("ingest", "--raw", raw, "--out", out)
    assert run.returncode == 0, run.stderr
    assert "4 files" in run.stdout
    assert "organization_mentions" in run.stdout
    assert command("check", "--out", out).returncode == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--raw", "no-such-folder"], 74),
        (["--workers", "0"], 2),
        (["--engine", "abacus"], 2),
        (["--no-such-option"], 2),
    ],
)
def test_exit_codes(words: list[str], code: int, raw: Path, out: Path) -> None:
    run = command("ingest", "--raw", raw, "--out", out, *words)
    assert run.returncode == code
    assert run.stdout == ""
    assert "Traceback" not in run.stderr


def test_profile_and_progress(raw: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = command("ingest", "--raw", raw, "--out", out, "--profile")
    assert {"parse", "segment", "write", "corpus", "commit"} <= {line.split()[0] for line in run.stdout.splitlines()}
    seen: list[tuple[int, int]] = []
    ingest(raw, out, full=True, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(4, 4)]


def test_runs_are_a_table(raw: Path, out: Path) -> None:
    ingest(raw, out)
    ingest(raw, out, full=True)
    runs = pipeline.load("runs", out)
    assert list(runs["processed"]) == [4, 4]
    assert str(runs["started"].dtype) == "datetime64[us, UTC]"


def test_strict_exits_1_on_problems(raw: Path, out: Path) -> None:
    os.mkfifo(raw / "pipe")
    assert command("ingest", "--raw", raw, "--out", out).returncode == 0
    assert command("ingest", "--raw", raw, "--out", out, "--strict").returncode == 1


def test_no_op_imports_nothing_heavy(raw: Path, out: Path) -> None:
    ingest(raw, out)
    script = (
        "import sys; from pipeline.cli import main; code = main(sys.argv[1:])\n"
        "print([m for m in ('pandas', 'pyarrow', 'numpy', 'lxml', 'rjieba', 'jieba') if m in sys.modules])"
    )
    words = ["ingest", "--raw", str(raw), "--out", str(out)]
    run = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_datapackage_describes_the_snapshot(raw: Path, out: Path) -> None:
    done = ingest(raw, out)
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"]: resource["rows"] for resource in package["resources"]} == done.rows
    for resource in package["resources"]:
        assert sum((out / path).stat().st_size for path in resource["path"]) == resource["size"]


def test_duckdb_reads_the_tables(raw: Path, out: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    done = ingest(raw, out)
    (count,) = duckdb.sql(f"SELECT count(*) FROM '{out}/tokens/*.parquet'").fetchall()[0]
    assert count == done.rows["tokens"]


def test_an_ingest_leaves_pandas_alone_and_what_comes_later_does_not(out: Path, raw: Path) -> None:
    code = (
        "import sys; from pipeline.run import ingest; ingest(sys.argv[1], sys.argv[2]);"
        "before = 'pandas' in sys.modules; import pipeline; frame = pipeline.load('figures', sys.argv[2]);"
        "print(before, type(frame).__name__, len(frame) > 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, raw, out], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "DataFrame", "True"]
