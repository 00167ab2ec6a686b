"""Shared by the tests: the user's two articles, and folders that tests of the store work in."""

import os
from pathlib import Path

import pytest
from hypothesis import settings
from store_cases import ARTICLES

import pipeline
from pipeline.records import Document

ROOT = Path(__file__).parent.parent

# The same examples in each run, so that a failure is the change's; HYPOTHESIS_PROFILE=hunt draws new ones, and many.
settings.register_profile("steady", derandomize=True)
settings.register_profile("hunt", max_examples=3000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def haier_list() -> Document:
    """The user's article in Chinese: front matter and HTML."""
    path = ROOT / "raw" / "004_d85ed296f1fc6824.txt"
    return pipeline.process(path.read_bytes(), path.name)


@pytest.fixture(scope="session")
def haier_history() -> Document:
    """The user's article in English: a plain-text page with a tail of spam."""
    path = ROOT / "raw" / "000_a5580373787fbe3d.txt"
    return pipeline.process(path.read_bytes(), path.name)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    for name, text in ARTICLES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "processed"
