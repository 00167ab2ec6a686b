"""Shell completion: as the shell itself does it."""

import shutil
import subprocess

import pytest

from pipeline.cli import parser
from pipeline.completion import script
from pipeline.records import TABLES


def completed(words: str, folder: str = ".") -> list[str]:
    """What bash offers for the last of ``words``."""
    asked = f"""{script("bash", parser(), tuple(TABLES))}
compopt() {{ :; }}  # bash takes it only while it completes
COMP_WORDS=({words.replace("|", "''")}) COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
cd "{folder}"; _news_pipeline; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(["bash", "-euc", asked], capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("news-pipeline ex", ["export"]),
        ("news-pipeline --v", ["--version"]),
        ("news-pipeline export --to |", ["csv", "duckdb", "sqlite", "xlsx", "jsonl"]),
        ("news-pipeline describe fig", ["figures"]),
        ("news-pipeline export --tables org", ["organization_mentions", "organizations"]),
        ("news-pipeline ingest --dry", ["--dry-run"]),
        ("news-pipeline ingest --workers |", [""]),
        ("news-pipeline completion z", ["zsh"]),
        ("news-pipeline nosuch |", [""]),
    ],
)
def test_words(words: str, offered: list[str]) -> None:
    assert completed(words) == offered


def test_files_and_folders(tmp_path) -> None:
    (tmp_path / "raw one").mkdir()
    (tmp_path / "raw two.txt").write_text("x")
    assert completed("news-pipeline ingest --raw ra", str(tmp_path)) == ["raw one"]
    assert sorted(completed("news-pipeline show ra", str(tmp_path))) == ["raw one", "raw two.txt"]


def test_every_command_and_option_is_in_every_script() -> None:
    listing = parser().format_help()
    for shell in ("bash", "zsh", "fish"):
        made = script(shell, parser())
        assert all(command in made for command in ("ingest", "watch", "add", "show", "completion"))
        assert all(word in made for word in ("dry-run", "strict", "tables"))
    assert "completion" in listing


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_finds_no_fault_in_it(shell: str, tmp_path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} on this machine")
    (tmp_path / "script").write_text(script(shell, parser(), tuple(TABLES)), "utf-8")
    done = subprocess.run([shell, "-n", str(tmp_path / "script")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
