"""Exports hold the same rows as the tables, safely, whole or not at all."""

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

import pipeline
from pipeline import export
from pipeline.extras import Missing
from pipeline.records import TABLES

TRICKY = """
---
title: '=1+1'
categories:
 - "@sum"
 - 'a "quoted" site'
author: －cmd
date: Thu, 25 Aug 2022 03:18:00 GMT
---

<div>
<p>+49 is a prefix, "quoted", with a comma.</p><p>营收超100亿元，增长70％。</p>
</div>
"""


@pytest.fixture(scope="module")
def processed(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    (folder / "raw").mkdir()
    (folder / "raw" / "=tricky.txt").write_text(TRICKY, "utf-8")
    for article in sorted(Path("raw").glob("10[1-5]*.txt")):
        (folder / "raw" / article.name).write_bytes(article.read_bytes())
    pipeline.ingest(folder / "raw", folder / "processed", workers=1)
    return folder / "processed"


def written(to: str, processed: Path, folder: Path) -> Path:
    suffix = export.FORMATS[to].suffix
    return export.export(to, folder / f"out{suffix}", processed)


def counts(processed: Path) -> dict[str, int]:
    return {name: len(pipeline.load(name, processed)) for name in TABLES}


def test_csv_holds_all_rows_and_columns(processed, tmp_path):
    out = written("csv", processed, tmp_path)
    for name, rows in counts(processed).items():
        frame = pd.read_csv(out / f"{name}.csv", encoding="utf-8-sig", keep_default_na=False)
        assert len(frame) == rows
        assert list(frame.columns) == list(pipeline.load(name, processed).columns)
    assert (out / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_csv_cells_are_no_formulas(processed, tmp_path):
    out = written("csv", processed, tmp_path)
    with open(out / "articles.csv", encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["path"].endswith("tricky.txt"))
    assert row["path"] == "'=tricky.txt"
    assert row["title"] == "'=1+1"
    assert row["text"].startswith('\'+49 is a prefix, "quoted", with a comma.\n')
    assert json.loads(row["categories"])[0] == "@sum"
    assert row["published_at"] == "2022-08-25T03:18:00Z"
    for name in TABLES:
        with open(out / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        for values in rows:
            for column, cell in zip(head, values, strict=True):
                assert cell[:1] not in tuple("=+@\t\r－＝＋＠") or not cell, (name, column, cell)


def test_json_lines_hold_the_same_values(processed, tmp_path):
    out = written("jsonl", processed, tmp_path)
    rows = [json.loads(line) for line in (out / "articles.jsonl").read_text("utf-8").splitlines()]
    frame = pipeline.load("articles", processed)
    assert [row["text"] for row in rows] == list(frame["text"])
    assert [row["categories"] for row in rows] == [list(value) for value in frame["categories"]]
    assert {name: len((out / f"{name}.jsonl").read_bytes().splitlines()) for name in TABLES} == counts(processed)


def test_duckdb_has_rows_keys_types_and_comments(processed, tmp_path):
    out = written("duckdb", processed, tmp_path)
    with duckdb.connect(str(out), read_only=True) as database:
        for name, rows in counts(processed).items():
            assert database.execute(f'SELECT count(*) FROM "{name}"').fetchall() == [(rows,)]
        comment = "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures' AND column_name = 'start'"
        assert database.execute(comment).fetchall() == [("Where it starts in the field [code points]",)]
        keys = database.execute(
            "SELECT constraint_type FROM duckdb_constraints() WHERE table_name = 'figures'"
        ).fetchall()
        assert {"PRIMARY KEY", "FOREIGN KEY"} <= {key for (key,) in keys}
        grounded = """SELECT count(*) FROM organization_mentions JOIN articles USING (article_id)
                      WHERE substr(CASE field WHEN 'title' THEN title ELSE text END, "start" + 1, "end" - "start")
                      <> surface"""
        assert database.execute(grounded).fetchall() == [(0,)]
        [(categories,)] = database.execute("SELECT categories FROM articles WHERE title = '=1+1'").fetchall()
        assert categories == ["@sum", 'a "quoted" site']


def test_sqlite_has_rows_keys_and_comments(processed, tmp_path):
    out = written("sqlite", processed, tmp_path)
    database = sqlite3.connect(out)
    try:
        for name, rows in counts(processed).items():
            assert database.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (rows,)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        [(made,)] = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'tokens'").fetchall()
        assert "-- The word as it stands" in made
        assert "PRIMARY KEY (article_id, token_id)" in made
        published = database.execute("SELECT published_at FROM articles WHERE title = '=1+1'").fetchone()
        assert published == ("2022-08-25T03:18:00Z",)
    finally:
        database.close()


def test_excel_has_a_dictionary_and_text_stays_text(processed, tmp_path):
    book = openpyxl.load_workbook(written("xlsx", processed, tmp_path))
    assert book.sheetnames == ["dictionary", *(name for name in TABLES if name != "tokens")]
    described = [row[:2] for row in book["dictionary"].iter_rows(min_row=2, values_only=True)]
    assert ("articles", "published_at") in described
    notes = [str(row[0]) for row in described]
    assert "Not in this file: tokens." in notes
    for name, rows in counts(processed).items():
        if name != "tokens":
            assert book[name].max_row == rows + 1
    cells = [cell for row in book["articles"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}  # "f" would be a formula
    assert "=1+1" in [cell.value for cell in cells]


def test_a_sheet_that_is_full_goes_on_in_another():
    from pipeline.export.excel import pieces

    rows = [(number,) for number in range(7)]
    assert [[value for (value,) in piece] for piece in pieces(iter(rows), 3)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert [list(piece) for piece in pieces(iter([]), 3)] == [[]]
    assert len([list(piece) for piece in pieces(iter(rows[:6]), 3)]) == 2


@pytest.mark.parametrize("to", ["csv", "jsonl", "sqlite", "xlsx"])
def test_the_same_tables_give_the_same_bytes(to, processed, tmp_path):
    def content() -> list[tuple[str, bytes]]:
        out = written(to, processed, tmp_path)
        return sorted((path.name, path.read_bytes()) for path in (out.iterdir() if out.is_dir() else [out]))

    assert content() == content()


@pytest.mark.parametrize("to", list(export.FORMATS))
def test_an_export_that_fails_leaves_the_older_one(to, processed, tmp_path, monkeypatch):
    out = written(to, processed, tmp_path)
    before = sorted(path.name for path in tmp_path.rglob("*"))

    def fail(target: Path, tables: object) -> None:
        export.FORMATS_BEFORE[to].write(target, tables[:2])
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(export, "FORMATS_BEFORE", dict(export.FORMATS), raising=False)
    monkeypatch.setitem(export.FORMATS, to, export.FORMATS[to]._replace(write=fail))
    with pytest.raises(RuntimeError, match="disk is full"):
        written(to, processed, tmp_path)
    assert out.exists()
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize("to", ["csv", "xlsx"])
def test_a_folder_with_other_things_is_not_replaced(to, processed, tmp_path):
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work")
    with pytest.raises(FileExistsError, match=r"thesis\.docx"):
        export.export(to, out, processed)
    assert (out / "thesis.docx").read_text() == "years of work"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "pipeline", "export", *arguments], capture_output=True, text=True)


def test_the_command(processed, tmp_path):
    out = tmp_path / "figures"
    done = run("--to", "csv", "--out", str(out), "--processed", str(processed), "--tables", "figures", "articles")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, str(out), "")
    assert sorted(path.name for path in out.iterdir()) == ["articles.csv", "figures.csv"]


def test_the_command_says_what_is_wrong(processed, tmp_path):
    done = run("--to", "csv", "--out", str(tmp_path / "x"), "--processed", str(processed), "--tables", "figure")
    assert done.returncode == 2
    assert "did you mean 'figures'" in done.stderr
    done = run("--to", "csv", "--processed", str(tmp_path / "none"), "--out", str(tmp_path / "y"))
    assert done.returncode != 0
    assert "make ingest" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_format_whose_package_is_missing_says_how_to_get_it(processed, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.extras.find_spec", lambda name: None)
    with pytest.raises(Missing, match=r"news-pipeline\[excel\]"):
        export.export("xlsx", tmp_path / "x.xlsx", processed)
