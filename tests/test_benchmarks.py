"""The generator of files to measure on, and the small machinery around it."""

import io
import json
import random
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from benchmarks import fuzz, generate, pages, quality, speed, unseen


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


def test_the_fixtures_hold_what_they_say():
    for row in quality.rows("annotate"):
        for field in ("dates", "figures", "organizations"):
            assert len(quality.spans(row["text"], [item[0] for item in row[field]])) == len(row[field])
        assert all(words in row["text"] for words in row["optional"])
    for row in quality.rows("cuts"):
        assert bool(quality.spans(row["raw"], row["cuts"])) is not row["id"].startswith("no-")
    assert all(row["title"] and row["text"] for row in quality.rows("parse"))


def test_a_perfect_answer_scores_one_and_an_empty_one_nothing():
    row = next(row for row in quality.rows("annotate") if len(row["dates"]) == 3)
    places = quality.spans(row["text"], [item[0] for item in row["dates"]])
    found = [
        {"start": start, "end": end, "surface": item[0], "start_date": item[1], "end_date": item[2]}
        for (start, end), item in zip(places, row["dates"], strict=True)
    ]
    for answer, expected in ((found, 1), ([], 0), (found[:2], 2 / 3)):
        score = quality.Score()
        quality._match("dates", row, row["dates"], answer, score, quality._same_date)
        assert {name: tally.score for name, tally in score.items()} == {
            "dates exact": expected,
            "dates value": expected,
        }


def test_a_false_alarm_counts_unless_it_is_optional():
    row = {"id": "x", "text": "近日，公司扩产30%", "optional": ["近日"]}
    found = [{"start": 0, "end": 2, "surface": "近日"}, {"start": 3, "end": 5, "surface": "公司"}]
    score = quality.Score()
    quality._match("dates", row, [], found, score, quality._same_date)
    assert score["dates exact"].wrong == score["dates value"].wrong == 1


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        (["3%", "percent", "eq", 3, "%"], {"kind": "percent", "value": 3.0, "unit": "%"}, True),
        (["3%", "percent", "eq", 3, "%"], {"kind": "percent", "value": 0.03, "unit": "%"}, False),
        (["3家", "number", "eq", 3, None], {"kind": "quantity", "value": 3.0}, True),
        (["3元", "money", "eq", 3, "CNY"], {"kind": "money", "value": 3.0, "currency": "USD"}, False),
        (["2至3元", "money", "range", [2, 3], None], {"kind": "money", "low": 2.0, "high": 3.0}, True),
        (["2至3元", "money", "range", [2, 3], None], {"kind": "money", "low": 2.0}, False),
    ],
)
def test_values_are_compared(gold, found, same):
    empty = dict.fromkeys(("value", "low", "high", "unit", "currency"))
    assert quality._same_figure(gold, empty | found) is same


def test_a_score_below_its_floor_is_named():
    assert quality.fallen({"a": 0.5, "b": 0.9}, {"a": 0.6, "b": 0.9, "gone": 0.1}) == [
        "a: 0.500 is below its floor 0.600",
        "gone: 0.000 is below its floor 0.100",
    ]


def test_floors_do_not_fall_by_an_update(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr(quality, "FLOORS", tmp_path / "floors.json")
    good, bad = quality.Score(), quality.Score()
    good["cuts"].hit()
    bad["cuts"].miss("this one")

    def run(score: quality.Score, *options: str) -> int:
        monkeypatch.setattr(quality, "measure", lambda: score)
        monkeypatch.setattr(sys, "argv", ["quality", *options])
        return quality.main()

    assert run(good, "--update") == 0
    assert quality.floors() == {"cuts": 1.0}
    assert run(bad, "--check") == run(bad, "--update") == 1
    assert quality.floors() == {"cuts": 1.0}
    assert run(bad, "--update", "--allow-regression", "--errors") == 0
    assert quality.floors() == {"cuts": 0.0}
    assert "cuts: missed  this one" in capsys.readouterr().out


def test_pages_of_a_set_are_scored_against_their_text(tmp_path: Path) -> None:
    page = (Path(__file__).parent / "parse" / "page.html").read_bytes()
    with tarfile.open(tmp_path / "pages.tar.xz", "w:xz") as archive:
        info = tarfile.TarInfo("a.html")
        info.size = len(page)
        archive.addfile(info, io.BytesIO(page))
    text = pages.ours(page)
    rows = [{"id": "a", "html_path": "pages/a.html", "gold_text": text}, {"id": "b", "html_path": "pages/b.html"}]
    (tmp_path / "items.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    ((item, data),) = pages.pages(tmp_path)
    assert pages.page_f1(item["gold_text"], pages.ours(data)) == 1
    assert 0.5 < pages.page_f1(text, pages.alone(data)) <= 1
    assert pages.page_f1(text, "") == 0
    low, high = pages.bootstrap([0.0, 0.1] * 50, 500)
    assert 0 < low < 0.05 < high < 0.1


def test_the_fuzzer_finds_what_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    corpus = [b"---\ntitle: Storm\n---\n<p>The storm came at night.</p>\n"]
    assert len({fuzz.mutated(chance, corpus) for _ in range(50)}) > 40
    assert fuzz.tried(corpus[0], "a.txt") == set()
    monkeypatch.setattr(fuzz, "restore", lambda text, cuts: text + "!")
    assert fuzz.tried(corpus[0], "a.txt") == {"cuts do not put the parsed text back"}


def test_marks_of_what_is_to_be_cut() -> None:
    text, removed = unseen.unmarked("Rain.⟦S⟧ Buy boats.⟦/S⟧\n⟦B⟧Share⟦/B⟧")
    assert text == "Rain. Buy boats.\nShare"
    assert [(text[cut["start"] : cut["end"]], cut["kind"]) for cut in removed] == [
        (" Buy boats.", "spam"),
        ("Share", "boilerplate"),
    ]


def test_what_was_kept_aside_is_not_what_was_read() -> None:
    for kind in unseen.KINDS:
        names = {part: {name for name, _, _ in unseen.pages(kind, part)} for part in ("read", "kept")}
        assert len(names["kept"]) >= 5
        assert not names["read"] & names["kept"]
    assert {row["lang"] for row in unseen.rows("kept")} == {"zh", "en"}
    assert all(
        0 <= cut["start"] < cut["end"] <= len(row["raw"]) for row in unseen.rows("kept") for cut in row["removed"]
    )


def test_scores_of_unseen_pages() -> None:
    scores = unseen.page_scores("mirror", "read", errors=False)
    assert scores["pages"] == len(list(unseen.pages("mirror", "read")))
    assert all(scores[column] > 0.5 for column in ("text F1", "title", "day", "authors P", "authors R", "sources R"))
