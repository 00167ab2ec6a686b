"""Raw files and tables on object stores: the same bytes, whatever holds them.

``memory://`` is in this process, ``local://`` a file system that fsspec reaches by renames, ``s3://`` a server.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
from store_cases import ARTICLES, published
from test_store_crashes import KILLS, edit, told

import pipeline
from pipeline import bucket, catalog, run, schema, store
from pipeline.engines import here
from pipeline.places import Remote, place
from pipeline.records import TABLES
from pipeline.run import ingest
from pipeline.state import content_hash

pytest.importorskip("fsspec")


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """A bucket on a server that speaks S3, in a process of its own."""
    pytest.importorskip("s3fs")
    pytest.importorskip("moto.server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**keys, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}.items():
            patch.setenv(name, value)
        try:
            for _ in range(600):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            place("s3://news").system.mkdir("news")
            yield "s3://news"
        finally:
            server.kill()
            server.wait()


@pytest.fixture(params=["memory", "local", "s3"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        return f"{request.getfixturevalue('s3')}/{tmp_path.name}"
    return f"{request.param}://{tmp_path}/remote"


def copy(raw: Path, to: str) -> None:
    """Make what lies at ``to`` the files below ``raw``."""
    files = {path.relative_to(raw).as_posix(): path.read_bytes() for path in sorted(raw.rglob("*")) if path.is_file()}
    there = place(to)
    assert isinstance(there, Remote)
    held = {listed.path for listed in there.find()}
    there.remove(sorted(held - files.keys()))
    for name, content in files.items():
        if name not in held or (there / name).read_bytes() != content:
            (there / name).write_bytes(content)


def readable(out: str) -> dict[str, str]:
    """The parts that the published data package names, with the bytes as their names say."""
    package = json.loads((place(out) / "datapackage.json").read_bytes())
    paths = [path for resource in package["resources"] for path in resource["path"]]
    for path in paths:
        content = (place(out) / path).read_bytes()
        assert content_hash(content) in path
    return {path.removeprefix("parts/"): content_hash((place(out) / path).read_bytes()) for path in paths}


def on_disk(out: Path) -> dict[str, str]:
    return {name: digest[:16] for name, digest in published(out).items() if name != "datapackage.json"}


@pytest.mark.timeout(300)
def test_same_bytes_after_every_change(raw: Path, tmp_path: Path, base: str) -> None:
    (raw / "user_dict.txt").write_text("茶叶合作社 100 nt\n", encoding="utf-8")
    lines = [json.dumps({"title": f"号 {n}", "text": "渡口今天运送了旅客。" * 300}) for n in range(60)]
    (raw / "big.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert (raw / "big.jsonl").stat().st_size > 1 << 20
    for number in range(3):
        copy(raw, f"{base}/raw")
        done = ingest(f"{base}/raw", f"{base}/out", workers=2)
        ingest(raw, tmp_path / "local", workers=2)
        assert done.published
        assert readable(f"{base}/out") == on_disk(tmp_path / "local")
        assert not ingest(f"{base}/raw", f"{base}/out").published
        (raw / "tea.txt").write_text(f"茶叶\n\n合作社第{number}次卖出32吨茶叶。\n", encoding="utf-8")
        (raw / f"new{number}.txt").write_text("Mill\n\nThe mill hired 35 people.\n", encoding="utf-8")
        (raw / "ferry.md").unlink(missing_ok=True)
    there = place(base) / "out"
    assert sorted(listed.path for listed in (there / "snapshots").find()) == ["000002.json", "000003.json"]
    kept = {path for number in (2, 3) for path in _named(there, number)}
    assert {f"parts/{listed.path}" for listed in (there / "parts").find()} == kept


def _named(there: Remote, number: int) -> Iterator[str]:
    package = json.loads((there / "snapshots" / f"{number:06d}.json").read_bytes())
    yield from (*package["digests"], package["state"])
    for resource in package["resources"]:
        yield from resource["path"]


def test_readers(raw: Path, tmp_path: Path, base: str) -> None:
    copy(raw, f"{base}/raw")
    ingest(f"{base}/raw", f"{base}/out")
    ingest(raw, tmp_path / "local")
    for table in TABLES:
        there, here = pipeline.load(table, f"{base}/out"), pipeline.load(table, tmp_path / "local")
        assert there.equals(here), table
    assert list(catalog.check(f"{base}/out")) == []
    assert pipeline.article("ferry.md", f"{base}/out").article.title == "Ferry line reopens"
    assert len(pipeline.load("runs", f"{base}/out")) == 1
    with pipeline.duckdb(f"{base}/out") as database:
        assert database.sql("SELECT count(*) FROM articles").fetchall() == [(3,)]
    part = next(iter(readable(f"{base}/out")))
    (place(base) / "out" / "parts" / part).write_bytes(b"edited")
    assert any("changed after it was written" in fault for fault in catalog.check(f"{base}/out"))


def test_tables_of_local_files_on_an_object_store_and_back(raw: Path, tmp_path: Path, base: str) -> None:
    copy(raw, f"{base}/raw")
    ingest(raw, f"{base}/out", workers=2)
    ingest(f"{base}/raw", tmp_path / "out", workers=2)
    assert readable(f"{base}/out") == on_disk(tmp_path / "out")


def test_of_two_that_publish_one_is_told(raw: Path, base: str) -> None:
    ingest(raw, f"{base}/out")
    there = place(f"{base}/out")
    first = store.read_state(there)
    resources = [schema.resource(name) for name in TABLES]
    for number in range(2):
        (raw / f"{number}.txt").write_text("Mill\n\nThe mill hired 35 people.\n", encoding="utf-8")
        ingest(raw, f"{base}/out")
    before = readable(f"{base}/out")
    for late in (1, 2, 3):  # 1 has been swept up already
        with pytest.raises(bucket.Overtaken):
            store.publish(there, first, first._replace(snapshot=late), resources)
    assert readable(f"{base}/out") == before
    assert len(pipeline.load("articles", f"{base}/out")) == 5


def killed_at(number: int, raw: Path, out: str, steps: Path) -> bool:
    """Ingest in a child that is killed before it puts or removes files for the ``number``-th time; False: it ended, and
    how often it did so stands in ``steps``."""
    child = get_context("spawn").Process(target=ingest_until, args=(number, raw, out, steps))
    child.start()
    child.join()
    return child.exitcode == -signal.SIGKILL


def ingest_until(number: int, raw: Path, out: str, steps: Path) -> None:
    count = 0

    def counted(method: Callable[..., None]) -> Callable[..., None]:
        def put(*args: object) -> None:
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            method(*args)

        return put

    for name in ("write_bytes", "create", "remove"):
        setattr(Remote, name, counted(getattr(Remote, name)))
    run._engine = lambda *_: here
    ingest(raw, out)
    steps.write_text(str(count))


@pytest.mark.timeout(300)
def test_killed_at_every_put(
    raw: Path, tmp_path: Path, base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "_engine", lambda *_: here)
    if base.startswith("memory"):
        pytest.skip("what a killed process had in its memory is gone")
    states, out, steps = [], f"{base}/out", tmp_path / "steps"
    for version in (0, 1):
        edit(raw, version)
        ingest(raw, tmp_path / str(version))
        states.append(on_disk(tmp_path / str(version)))
    for version in (0, 1, 0):
        edit(raw, version)
        ingest(raw, out)
    edit(raw, 1)
    assert not killed_at(0, raw, out, steps)
    every, survived = int(steps.read_text()), 0
    for number in range(1, every + 1, max(1, -(-every // KILLS))):
        edit(raw, 0)
        ingest(raw, out)
        edit(raw, 1)
        assert killed_at(number, raw, out, steps), number
        assert readable(out) in states, number
        assert len(pipeline.load("articles", out)) == 4
        ingest(raw, out)
        assert readable(out) == states[1], number
        survived += 1
    told(capsys, f"{base.partition(':')[0]}: {survived} kills of {every} puts survived")
    assert list(catalog.check(out)) == []


def test_an_address_where_nothing_lies_empties_no_tables(raw: Path, base: str) -> None:
    ingest(raw, f"{base}/out")
    with pytest.raises(FileNotFoundError):
        ingest(f"{base}/rwa", f"{base}/out")
    assert len(pipeline.load("articles", f"{base}/out")) == 3
    with pytest.raises(FileNotFoundError, match="no tables"):
        pipeline.load("articles", f"{base}/elsewhere")


@pytest.mark.parametrize(("address", "said"), [("nosuch://a/b", "nosuch"), ("s3://news/nothing", "no files there")])
def test_the_command_says_what_is_wrong(s3: str, tmp_path: Path, address: str, said: str) -> None:
    words = [sys.executable, "-m", "pipeline", "ingest", "--raw", address, "--out", str(tmp_path / "out")]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    assert run.returncode == 74
    assert said in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_a_server_that_cannot_be_reached(tmp_path: Path, s3: str) -> None:
    words = [sys.executable, "-m", "pipeline", "ingest", "--raw", "s3://news/raw", "--out", str(tmp_path / "out")]
    nowhere = os.environ | {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    run = subprocess.run(words, capture_output=True, text=True, check=False, env=nowhere)
    assert run.returncode == 74
    assert run.stderr.startswith("s3://news/raw: ")
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.timeout(240)
def test_dask_workers_read_and_write_there(raw: Path, tmp_path: Path, s3: str) -> None:
    pytest.importorskip("distributed")
    from test_run_dask import cluster

    for index in range(300):
        (raw / f"n{index:04d}.txt").write_text(f"第{index}号\n\n渡口今天运送了{index}名旅客。\n", encoding="utf-8")
    base = f"{s3}/{tmp_path.name}"
    copy(raw, f"{base}/raw")
    with cluster(tmp_path) as (address, _):
        ingest(f"{base}/raw", f"{base}/out", engine=f"dask:{address}")
    ingest(raw, tmp_path / "local")
    assert readable(f"{base}/out") == on_disk(tmp_path / "local")


def test_files_without_an_address_need_no_fsspec(raw: Path, tmp_path: Path) -> None:
    code = (
        "import sys, pipeline.run\n"
        f"pipeline.run.ingest({str(raw)!r}, 'file://{tmp_path}/out', workers=1)\n"
        "assert 'fsspec' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (tmp_path / "out/articles").is_dir()
    assert len(ARTICLES) == 4
