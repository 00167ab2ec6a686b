"""Settings in raw/: a change in them changes the tables, without a word from the user."""

import subprocess
import sys
from pathlib import Path

import pytest
from store_cases import published

import pipeline
from pipeline.run import ingest
from pipeline.scan import BadSetting

NEWS = "渡口开航\n\n青岛蓝贝渡航集团今天宣布，第一艘新船开航，可以载四百人，船长说他很高兴。\n责任编辑：李明\n"
LEXICON = "# own names\norg_id,name_zh,name_en,kind,aliases\n{id},青岛蓝贝渡航集团,Lanbei Ferries,company,蓝贝渡航\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(NEWS, "utf-8")
    return tmp_path / "raw"


def ids(out: Path) -> set[str]:
    return set(pipeline.load("organization_mentions", out)["org_id"])


@pytest.mark.parametrize("workers", [1, 2])
def test_ones_own_lexicon_is_obeyed_and_changes_are_noticed(raw: Path, out: Path, workers: int) -> None:
    own = raw / "organizations.local.csv"
    ingest(raw, out, workers=workers)
    before = ids(out)
    assert "lanbei" not in before
    for name in ("lanbei", "lanbei-ferries"):
        own.write_text(LEXICON.format(id=name), "utf-8-sig")
        done = ingest(raw, out, workers=workers)
        assert (done.anew, done.published) == ("", True)
        assert name in ids(out)
    own.unlink()
    ingest(raw, out, workers=workers)
    assert ids(out) == before


TEXTS = {
    "full-width.txt": "Ferry\n\nＬＡＮＢＥＩ  Ferries sailed.\n",
    "traditional.txt": "渡口\n\n藍貝渡航今天開航。\n",
    "key.txt": "Ferry\n\nLanbei-Ferries Ltd sailed, said Mr Tallow.\n",
    "other.txt": "水厂\n\n云港水务集团今天开工。\n",
    "tail.txt": "Mill\n\nThe Orrin Mill hired 30 people.\n",
}


NAMING = {"a.txt", "full-width.txt", "traditional.txt", "key.txt"}
OWN, OVERRIDES = "organizations.local.csv", "overrides.toml"


@pytest.mark.parametrize(
    ("name", "before", "after", "processed"),
    [
        (OWN, "", LEXICON.format(id="lanbei"), NAMING),
        (OWN, LEXICON.format(id="x"), LEXICON.format(id="y"), NAMING),
        (OWN, LEXICON.format(id="x"), LEXICON.format(id="x") + "z,,Zed Corp,company,\n", set()),
        (OVERRIDES, '["a.txt"]\nkeep=["x"]\n', '["a.txt"]\nkeep=["x"]\n["tail.txt"]\ncut=["Mill"]\n', {"tail.txt"}),
        (OVERRIDES, '["a.txt"]\nkeep=["x"]\n', '["b.txt"]\nkeep=["x"]\n', {"a.txt"}),
        (OVERRIDES, '["a.txt"]\nkeep=["x"]\n', 'strictness = "gentle"\n["a.txt"]\nkeep=["x"]\n', {"a.txt", *TEXTS}),
        ("user_dict.txt", "蓝贝渡航\n", "渡航\n", {"a.txt", *TEXTS}),
    ],
)
def test_only_what_a_setting_touches_is_done_again(
    raw: Path, out: Path, tmp_path: Path, name: str, before: str, after: str, processed: set[str]
) -> None:
    for path, text in TEXTS.items():
        (raw / path).write_text(text, "utf-8")
    (raw / name).write_text(before, "utf-8")
    ingest(raw, out, workers=1)
    (raw / name).write_text(after, "utf-8")
    assert ingest(raw, out, workers=1).processed == len(processed)
    ingest(raw, tmp_path / "full", workers=1)
    assert published(out) == published(tmp_path / "full")
    assert ingest(raw, out, workers=1).published is False


def test_decisions_by_hand_are_obeyed(raw: Path, out: Path) -> None:
    ingest(raw, out, workers=1)
    assert list(pipeline.load("cuts", out)["text"].str.strip()) == ["责任编辑：李明"]
    (raw / "overrides.toml").write_text('["a.txt"]\nkeep = ["责任编辑：李明"]\ncut = ["船长说他很高兴。"]\n', "utf-8")
    ingest(raw, out, workers=1)
    cuts = pipeline.load("cuts", out)
    assert list(cuts["text"].str.strip()) == ["船长说他很高兴。"]
    assert list(cuts["reason"]) == ["by-hand"]
    shown = subprocess.run(
        [sys.executable, "-m", "pipeline", "show", str(raw / "a.txt"), "--raw", str(raw)],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "[-boilerplate: 船长说他很高兴。-]" in shown.stdout


@pytest.mark.parametrize("workers", [1, 2])
def test_a_setting_that_cannot_be_read_is_named_and_nothing_is_lost(raw: Path, out: Path, workers: int) -> None:
    ingest(raw, out, workers=1)
    (raw / "overrides.toml").write_text('["a.txt"]\nkeep = "no list"\n')
    with pytest.raises(BadSetting, match=r"overrides\.toml: .*'a\.txt'"):
        ingest(raw, out, workers=workers)
    assert len(pipeline.load("articles", out)) == 1
    words = ["ingest", "--raw", str(raw), "--out", str(out)]
    done = subprocess.run([sys.executable, "-m", "pipeline", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
