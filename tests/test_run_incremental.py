"""The tables depend on the files alone: not on workers, shards, order, or what was ingested before."""

import os
import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from store_cases import published

from pipeline import catalog, plan, planning, run, shard, store
from pipeline.plan import count_shards, make_plan, shard_of, why_anew
from pipeline.records import Document, Raw
from pipeline.run import ingest
from pipeline.scan import fingerprint, scan
from pipeline.steps import Spent

NAMES = [f"{folder}{name}" for folder in ("", "a/", "b/") for name in ("one.txt", "two.md", "three.html")]
TEXTS = [
    "渡口开航\n\n今天有320名旅客过江，比昨天多12%。\n",
    "Mill opens\n\nThe mill hired 35 people on 3 May 2021.\n",
    "渡口开航\n\n今天有320名旅客过江，比昨天多12%。\n（完）\n",
    "",
    "\x00\x01",
]
EDITS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([*TEXTS, None])), min_size=1, max_size=6)


Edits = list[tuple[str, str | None]]


def apply(raw: Path, edits: Edits) -> None:
    for name, text in edits:
        path = raw / name
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("large", [0, planning._LARGE_STATE])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, min_size=1, max_size=4))
@example([[("one.txt", TEXTS[0]), ("two.md", "")], [("one.txt", "")]])  # no article is left
def test_increments_give_what_a_full_run_gives(
    monkeypatch: pytest.MonkeyPatch, large: int, rounds: list[list[tuple[str, str | None]]]
) -> None:
    monkeypatch.setattr(plan, "_PER_SHARD", 2)  # so that the number of shards changes, too
    monkeypatch.setattr(planning, "_LARGE_STATE", large)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "raw")
        raw.mkdir()
        for edits in rounds:
            apply(raw, edits)
            ingest(raw, Path(folder, "steps"), workers=1)
        ingest(raw, Path(folder, "full"), workers=1)
        assert published(Path(folder, "steps")) == published(Path(folder, "full"))
        assert not ingest(raw, Path(folder, "steps"), workers=1).published


def test_workers_and_order_make_no_difference(raw: Path, tmp_path: Path) -> None:
    draw = random.Random(5)
    for index in range(300):
        (raw / f"n{index}.txt").write_text(
            f"第{index}号公告\n\n今天有{draw.randrange(9999)}名旅客。\n", encoding="utf-8"
        )
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in sorted(raw.rglob("*"), reverse=True):
        if path.is_file():
            (copy / path.relative_to(raw)).parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy / path.relative_to(raw))
    ingest(raw, tmp_path / "one", workers=1)
    ingest(copy, tmp_path / "two", workers=2)
    assert published(tmp_path / "one") == published(tmp_path / "two")


def test_one_change_rewrites_one_shard(raw: Path, out: Path) -> None:
    for index in range(600):
        (raw / f"n{index}.txt").write_text(f"第{index}号\n\n渡口今天运送了{index}名旅客。\n", encoding="utf-8")
    ingest(raw, out)
    before = published(out)
    (raw / "n7.txt").write_text("第7号\n\n渡口今天停航。\n", encoding="utf-8")
    assert ingest(raw, out).processed == 1
    after = published(out)
    assert count_shards([30] * 604) == 8
    for table in ("articles", "sentences", "tokens"):
        assert len({path for path in before.items() - after.items() if path[0].startswith(table)}) == 1


@pytest.mark.parametrize(("files", "shards"), [(0, 1), (1, 1), (128, 1), (129, 2), (4000, 32), (100_000, 1024)])
def test_shards_grow_with_the_corpus(files: int, shards: int) -> None:
    assert count_shards([6000] * files) == shards


def test_a_shard_fits_into_memory() -> None:
    assert count_shards([1 << 20] * 64) == 32
    assert count_shards([1 << 30] * 64) == 1  # each a shard of its own


def test_a_big_file_is_a_shard_of_its_own() -> None:
    assert shard_of("a.jsonl", 2 << 20, 8) == shard_of("a.jsonl", 3 << 20, 64)
    assert shard_of("a.jsonl", 10, 8) != shard_of("a.jsonl", 2 << 20, 8)
    assert {shard_of(f"{i}.txt", 1, 4) for i in range(100)} == {f"{n:05d}of00004" for n in range(4)}


def test_changed_code_or_settings_do_everything_anew(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(raw, out)
    (raw / "user_dict.txt").write_text("石老人浴场\n", encoding="utf-8")
    done = ingest(raw, out)
    assert (done.processed, done.anew) == (4, "the settings in raw/ were changed")
    monkeypatch.setattr(plan, "fingerprint", lambda: "another")
    assert ingest(raw, out).anew == "the pipeline was changed"
    assert not ingest(raw, out).published


def test_user_dictionary_is_used(raw: Path, out: Path) -> None:
    (raw / "beach.txt").write_text("海边\n\n我们今天去了拾贝人浴场游泳。\n", encoding="utf-8")
    (raw / "user_dict.txt").write_text("拾贝人浴场 100 ns\n", encoding="utf-8")
    ingest(raw, out)
    import pipeline

    assert "拾贝人浴场" in set(pipeline.load("tokens", out)["token"])


def test_older_store_is_rebuilt_and_says_so(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(plan, "FORMAT", 0)
        ingest(raw, out)
    done = ingest(raw, out)
    assert "another version" in done.anew
    assert done.processed == 4


def test_a_file_that_changes_within_the_same_tick_is_seen(raw: Path, out: Path) -> None:
    ingest(raw, out)
    path = raw / "tea.txt"
    status = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("320", "321"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert ingest(raw, out).processed == 1


def test_files_touched_without_a_change_are_hashed_once(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_RESTAT", 2)  # so many are worth a commit of their own
    ingest(raw, out)
    before = published(out)
    for number, path in enumerate(path for path in sorted(raw.rglob("*")) if path.is_file()):
        os.utime(path, ns=(0, (1_000_000 + number) * 10**9))
    assert ingest(raw, out).published
    monkeypatch.setattr(plan, "_hash", lambda path: pytest.fail(f"{path} is read again"))
    again = ingest(raw, out)
    assert (again.processed, again.published) == (0, False)
    assert published(out) == before


def test_plan_of_nothing(raw: Path, out: Path) -> None:
    ingest(raw, out)
    state = store.read_state(out)
    version = {"code": state.meta["code"], "settings": state.meta["settings"]}
    found = make_plan(scan(raw), state, *why_anew(state, version, out), raw, out)
    assert (found.tasks, found.fresh, found.deleted) == ((), 0, 0)


def test_runs_are_kept(raw: Path, out: Path) -> None:
    ingest(raw, out)
    (raw / "new.txt").write_text("New\n\nA new mill.\n", encoding="utf-8")
    ingest(raw, out)
    first, second = store.read_state(out).runs
    assert (first["processed"], second["processed"], second["files"]) == (4, 1, 5)


def test_fingerprint_is_stable() -> None:
    assert fingerprint() == fingerprint.__wrapped__()


def test_rows_that_do_not_fit_become_a_problem(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shard.process_all

    def process_all(read: Iterable[Raw | Document], spent: Spent) -> Iterator[Document]:
        for document in real(read, spent):
            path = document.path
            if path == "tea.txt" and document.article:
                document.article = document.article._replace(chars="many", tags=[7])
            if path == "ferry.md" and document.article:
                document.article = document.article._replace(title="half \ud83d a pair", tags=["\udc00"])
            yield document

    monkeypatch.setattr(shard, "process_all", process_all)
    ingest(raw, out)
    problems = catalog.load("problems", out)
    assert "tea.txt" in set(problems[problems["step"] == "rows"]["path"])
    articles = catalog.load("articles", out).set_index("path")
    assert articles.loc["ferry.md", "title"] == "half ? a pair"
    assert articles.loc["ferry.md", "tags"] == ["?"]
    assert "tea.txt" not in articles.index


def test_the_first_change_takes_over_links_as_later_ones_do(raw: Path, out: Path) -> None:
    ingest(raw, out)
    laid, at = out / ".store/snapshots/000000", out / ".store/snapshots/000001"
    assert {p.name: p.stat().st_ino for p in laid.glob("*/*")} == {p.name: p.stat().st_ino for p in at.glob("*/*")}
    folder = laid.stat().st_ino
    (raw / "new.txt").write_text(TEXTS[0], encoding="utf-8")
    ingest(raw, out)
    assert (out / ".store/snapshots/000002").stat().st_ino == folder
    assert sorted(os.listdir(laid.parent)) == ["000001", "000002"]
