"""What the pages say is so: every block of code runs, every link leads somewhere, nothing is left out."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

import pipeline
from pipeline.cli import parser

ROOT = Path(__file__).parent.parent
PAGES = {path.relative_to(ROOT).as_posix(): path for path in [*ROOT.glob("*.md"), *sorted(ROOT.glob("docs/*.md"))]}
RUN_ELSEWHERE = ("README.md", "docs/quickstart.md")  # test_readme.py, test_quickstart.py


class Block(NamedTuple):
    page: str
    language: str
    code: str


BLOCKS = [
    Block(name, *found)
    for name, path in PAGES.items()
    for found in re.findall(r"^```(\w*)\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
]
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw/, processed/ and docs/, as after `make ingest`."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("raw", "docs", "pipeline", "training", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "README.md", folder)
    pipeline.ingest(folder / "raw", folder / "processed", workers=1)
    return folder


def commands(*languages: str) -> list[str]:
    pages = [block for block in BLOCKS if block.language in languages and block.page not in RUN_ELSEWHERE]
    lines = [line.split("  #")[0].strip() for block in pages for line in block.code.splitlines()]
    return [line for line in lines if line]


def python_pages() -> list[str]:
    return [name for name in PAGES if any(b.page == name and b.language == "python" for b in BLOCKS)]


def test_every_block_is_of_a_language_that_is_looked_at() -> None:
    assert {block.language for block in BLOCKS} <= {"", "bash", "sh", "zsh", "fish", "python", "pycon", "toml"}
    for block in BLOCKS:
        assert block.language or not re.search(r"^(?:python|make|pip|import|\$ )", block.code, re.MULTILINE), block


def test_no_code_is_indented_instead_of_fenced() -> None:
    for name, path in PAGES.items():
        text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        assert not re.search(r"\n\n {4}(?:python|make|pip|import)\b", text), name


@pytest.mark.parametrize("command", commands("bash", "sh"))
def test_command(command: str, clone: Path) -> None:
    if command.startswith("make "):
        assert command.split()[1] in TARGETS
        return
    module = re.search(r"python -m (training\.\w+|benchmarks\.\w+)", command)
    if module:  # takes data that the project does not hold
        assert find_spec(module[1])
        return
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", command], cwd=clone, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_command_of_another_shell(shell: str) -> None:
    for command in commands(shell):
        words = re.search(r"news-pipeline (\w+) (\w+)", command)
        assert words
        assert parser().parse_args([words[1], words[2]]).shell == shell


@pytest.mark.parametrize("page", [page for page in python_pages() if page != "docs/quickstart.md"])
def test_python(page: str, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clone)
    names: dict[str, object] = {}
    for block in BLOCKS:
        if block.page == page and block.language == "python":
            exec(compile(block.code, page, "exec"), names)


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language == "toml"])
def test_toml(block: Block) -> None:
    assert tomllib.loads(block.code)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    text = PAGES[name].read_text("utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        assert target.startswith("https://") or (PAGES[name].parent / target).exists(), target


def test_pictures_are_small_and_shown() -> None:
    pictures = sorted((ROOT / "docs" / "img").iterdir())
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < 150_000
        assert f"](docs/img/{picture.name})" in PAGES["README.md"].read_text("utf-8")


def test_files_that_are_named_exist() -> None:
    for name in ("CONTRIBUTING.md", "docs/architecture.md", "README.md"):
        text = PAGES[name].read_text("utf-8")
        for file in re.findall(r"`((?:tests|docs|pipeline|benchmarks|training|raw)/[\w./-]+)`", text):
            made_later = "local" in file or file in ("raw/user_dict.txt", "raw/overrides.toml")
            assert made_later or (ROOT / file).exists(), file


def test_nothing_is_left_out() -> None:
    readme = PAGES["README.md"].read_text("utf-8")
    assert [name for name in PAGES if name.startswith("docs/") and f"({name})" not in readme] == []
    page = PAGES["docs/architecture.md"].read_text("utf-8")
    modules = [path.name + "/" * path.is_dir() for path in (ROOT / "pipeline").iterdir()]
    left_out = [name for name in modules if f"`{name}`" not in page and not name.startswith(("_", "."))]
    assert sorted(left_out) == ["data/", "py.typed"]
    actions = parser()._subparsers
    assert actions
    listed = PAGES["docs/commands.md"].read_text("utf-8")
    choices = next(action.choices for action in actions._group_actions)
    assert choices
    assert [command for command in choices if f"`{command}" not in listed] == []


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == pipeline.__version__


def test_the_page_on_the_build_names_every_module() -> None:
    page = PAGES["docs/architecture.md"].read_text("utf-8")
    modules = {path.name for path in (ROOT / "pipeline").rglob("*.py") if not path.name.startswith("__")}
    assert {name for name in modules if f"`{name}`" not in page} == set()
