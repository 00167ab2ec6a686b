"""Files on their way into raw/: names, copies, what they are taken for; and what an ingest would make of them."""

import io
import os
import tarfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.adding import Added, add, safe
from pipeline.cli import parser
from pipeline.preview import preview
from pipeline.run import ingest
from pipeline.scan import scan

MIRROR = "---\ntitle: 渡口\ndate: 2021-05-03\n---\n<div><p>第一艘船开航。</p><p>可以载四百人。</p></div>\n"
FEED = (
    '<rss version="2.0"><channel><title>News</title><item><title>Ferry</title>'
    "<description>The first ferry sailed at noon.</description></item></channel></rss>"
)


def main(words: list[str]) -> int:
    args = parser().parse_args(words)
    code: int = args.run(args)
    return code


def tar(**files: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(f"{name}.txt")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


TAKEN = {
    "mirror.txt": (MIRROR.encode(), "mirror file: front matter and HTML"),
    "page.html": (b"<html><head><title>T</title></head><body><p>The ferry sailed.</p></body></html>", "HTML"),
    "notes.md": (b"# Ferry\n\nThe *first* ferry [sailed](x).\n", "Markdown"),
    "plain.txt": (b"Ferry\n\nThe first ferry sailed on 3 May 2021.\n", "plain text"),
    "old.txt": ("渡口的新船今天开航，可以载四百人，明天还开两班。\n".encode("gb18030"), "plain text, gb18030"),
    "feed.xml": (FEED.encode(), "feed, 1 article"),
    "lines.jsonl": (b'{"title": "A", "text": "One ferry."}\n' * 30, "JSON records, more than 20 articles"),
    "table.csv": (b"title,text\nFerry,The first ferry sailed.\nShip,It came back.\n", "table, 2 articles"),
    "mail.eml": (b"Subject: Ferry\nMIME-Version: 1.0\n\nThe ferry sailed.\n", "plain text"),
    "two.tar": (tar(a="The first ferry sailed.", b="The second ferry sailed."), "archive, 2 articles"),
    "organizations.local.csv": (b"org_id,name_zh\n", "a setting, not an article"),
}  # fmt: skip
REFUSED = {
    "empty.txt": (b"", "empty file"),
    "paper.pdf": (b"%PDF-1.7\n1 0 obj\n", "PDF"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + bytes(200), "picture"),
    "program": (b"\x7fELF" + bytes(range(256)) * 8, "a program"),
    "packed.rar": (b"Rar!\x1a\x07\x01\x00" + bytes(50), "unpack it"),
    "broken.tar.gz": (b"\x1f\x8b\x08" + bytes(40), "cannot be read"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with files to add, and an empty raw/."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


def put(desk: Path, name: str, data: bytes) -> Path:
    (desk / name).parent.mkdir(parents=True, exist_ok=True)
    (desk / name).write_bytes(data)
    return desk / name


def added(*sources: Path) -> list[Added]:
    return list(add(sources, sources[0].parent.parent / "raw"))


@pytest.mark.parametrize("name", TAKEN)
def test_it_says_what_a_file_is_taken_for(desk: Path, name: str) -> None:
    data, what = TAKEN[name]
    (one,) = added(put(desk, name, data))
    assert (one.target, one.what, one.new) == (name, what, True)
    assert (desk.parent / "raw" / name).read_bytes() == data


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_with_words(desk: Path, name: str) -> None:
    data, why = REFUSED[name]
    (one,) = added(put(desk, name, data))
    assert one.target == ""
    assert why in one.what
    assert os.listdir(desk.parent / "raw") == []


def test_pipes_and_missing_files_are_refused(desk: Path) -> None:
    os.mkfifo(desk / "pipe")
    assert [one.what for one in added(desk / "pipe", desk / "gone")] == ["no regular file", "No such file or directory"]


def test_nothing_is_overwritten(desk: Path) -> None:
    first, second = put(desk, "a.txt", b"One ferry."), put(desk, "b/a.txt", b"Another ferry.")
    raw = desk.parent / "raw"
    assert [one.target for one in add([first, second, second, first], raw)] == ["a.txt", "a-2.txt", "a-2.txt", "a.txt"]
    assert {name: (raw / name).read_bytes() for name in os.listdir(raw)} == {
        "a.txt": b"One ferry.", "a-2.txt": b"Another ferry.",
    }  # fmt: skip


def test_settings_are_not_overwritten_and_notes_are_articles(desk: Path) -> None:
    (desk.parent / "raw" / "README.md").write_text("what lies here")
    (desk.parent / "raw" / "overrides.toml").write_text("")
    setting, notes = put(desk, "overrides.toml", b"[x]"), put(desk, "README.md", b"# Ferry\n\nIt *sailed*.\n")
    refused, renamed = added(setting, notes)
    assert "join them by hand" in refused.what
    assert (renamed.target, renamed.what) == ("README-2.md", "Markdown")


def test_a_folder_keeps_its_shape(desk: Path) -> None:
    for name in ("in/one.txt", "in/deep/two.txt", "in/.hidden.txt", "in/.git/three.txt", "in/four.txt~"):
        put(desk, name, b"The ferry sailed.")
    assert [one.target for one in added(desk / "in")] == ["in/one.txt", "in/deep/two.txt"]


def test_what_goes_along_with_a_page_or_a_folder_is_left_out(desk: Path) -> None:
    for name in ("in/a.html", "in/a_files/frame.html", "in/b_files/c.txt", "in/Thumbs.db", "in/desktop.ini"):
        put(desk, name, b"The ferry sailed.")
    assert [one.target for one in added(desk / "in")] == ["in/a.html", "in/b_files/c.txt"]
    assert [entry.path for entry in scan(desk.parent / "raw")] == ["in/a.html", "in/b_files/c.txt"]
    put(desk, "../raw/in/a_files/frame.html", b"The ferry sailed.")
    assert [entry.path for entry in scan(desk.parent / "raw")] == ["in/a.html", "in/b_files/c.txt"]


def test_what_lies_in_raw_stays_where_it_is(desk: Path) -> None:
    raw = desk.parent / "raw"
    (raw / "a.txt").write_text("The ferry sailed.")
    assert [(one.target, one.new) for one in add([raw / "a.txt"], raw)] == [("a.txt", False)]
    assert list(add([desk.parent], raw)) == []
    assert os.listdir(raw) == ["a.txt"]


@given(st.text(max_size=300))
@example("海" * 100)
@example("é" * 100 + ". " * 20 + "txt")
@example(". a")
def test_safe_names_are_safe(name: str) -> None:
    made = safe(name)
    assert made not in ("", ".", "..")
    assert not made.startswith((".", " "))
    assert not made.endswith((".", " "))
    assert not set(made) & set('/\\:*?"<>|\0\n')
    assert len(made.encode("utf-8", "replace")) <= 200
    assert safe(made) == made


def test_the_command(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(desk, "a.txt", b"The ferry sailed.")
    put(desk, "b.pdf", b"%PDF-1.7")
    words = ["add", str(desk), "--raw", str(desk.parent / "raw")]
    assert main(words) == 1
    out, err = capsys.readouterr()
    assert "desk/a.txt: plain text" in out
    assert "1 added, 0 there already, 1 refused" in out
    assert "b.pdf: refused: a PDF file" in err


# ------------------------------------------------------------------------------------------------------------- preview


def test_preview_says_what_an_ingest_does(raw: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert preview(raw, out).new == tuple(entry.path for entry in scan(raw))
    assert not out.exists()
    ingest(raw, out, workers=1)
    first, second, *_ = sorted(entry.path for entry in scan(raw))
    (raw / first).unlink()
    (raw / second).write_text("Another text.\n", "utf-8")
    (raw / "new.txt").write_text("A new text.\n", "utf-8")
    seen = sorted(path.name for path in out.rglob("*"))
    found = preview(raw, out)
    assert (found.new, found.changed, found.deleted, found.anew) == (("new.txt",), (second,), (first,), "")
    assert main(["ingest", "--dry-run", "--raw", str(raw), "--out", str(out)]) == 0
    assert "1 new, 1 changed, 1 deleted, 2 unchanged; nothing was written" in capsys.readouterr().out
    assert sorted(path.name for path in out.rglob("*")) == seen
    done = ingest(raw, out, workers=1)
    assert (done.processed, done.deleted) == (2, 1)
    assert preview(raw, out)[:3] == ((), (), ())


def test_preview_says_why_all_would_be_done_anew(raw: Path, out: Path) -> None:
    ingest(raw, out, workers=1)
    (raw / "user_dict.txt").write_text("渡口 5\n", "utf-8")
    found = preview(raw, out)
    assert found.new == found.changed == ()
    assert "to be done anew: the settings in raw/ were changed" in str(found)
