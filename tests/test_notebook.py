"""The notebook runs from top to bottom on the articles in raw/, and draws Chinese."""

import re
import sys
from pathlib import Path

import nbformat
import pytest
from fontTools.ttLib import TTFont

import pipeline

sys.path.insert(0, str(Path("notebooks").resolve()))
from execute import NOTEBOOK, execute


@pytest.fixture(scope="module")
def executed(tmp_path_factory) -> nbformat.NotebookNode:
    processed = tmp_path_factory.mktemp("notebook") / "processed"
    pipeline.ingest("raw", processed, workers=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROCESSED", str(processed))
        return execute()


@pytest.mark.filterwarnings("ignore")  # of the machinery that runs notebooks
def test_it_runs_and_draws(executed):
    outputs = [output for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 4
    assert not [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]


def test_the_font_has_every_character_of_the_articles():
    glyphs = TTFont("notebooks/fonts/NotoSansCJKsc-subset.otf").getBestCmap()
    for path in Path("raw").glob("*.txt"):
        data = path.read_bytes()
        text = data.decode("gb18030" if "gb18030" in path.name else "utf-8")
        assert not {char for char in set(text) if char.isprintable() and ord(char) not in glyphs}, path


def test_the_notebook_in_the_repository_is_sound():
    node = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(node)
    assert not re.search(r"/(?:home|tmp|work|Users)/", NOTEBOOK.read_text("utf-8"))
