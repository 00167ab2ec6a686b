"""What is shipped: an sdist, and a wheel built from it, which works in an environment of its own."""

import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

import pipeline

ROOT = Path(__file__).parent.parent
RAW = ("000_a5580373787fbe3d.txt", "004_d85ed296f1fc6824.txt")


def built(kind: str, source: Path, target: Path) -> Path:
    """An sdist or wheel of the project in ``source``."""
    code = f"from setuptools.build_meta import build_{kind}; build_{kind}({str(target)!r})"
    run = subprocess.run([sys.executable, "-c", code], cwd=source, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return next(target.glob("*.tar.gz" if kind == "sdist" else "*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    shutil.copytree(ROOT / "pipeline", folder / "tree" / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / "tree")
    with tarfile.open(built("sdist", folder / "tree", folder)) as sdist:
        sdist.extractall(folder / "unpacked", filter="data")
    (source,) = (folder / "unpacked").iterdir()
    return built("wheel", source, folder)


def test_the_wheel_holds_all_data_and_no_tests(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    data = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline" / "data").rglob("*") if path.is_file()}
    assert data <= names
    assert "pipeline/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "training", "raw"))]


def test_it_works_where_nothing_else_of_the_project_is(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, symlinks=True)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))  # the dependencies, without asking the network
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "--isolated"]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    (tmp_path / "raw").mkdir()
    for name in RAW:
        shutil.copy(ROOT / "raw" / name, tmp_path / "raw")

    def run(*words: str) -> str:
        command = [home / "bin" / words[0], *words[1:]]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    assert run("python", "-c", "import pipeline; print(pipeline.__file__)").startswith(str(packages))
    assert run("news-pipeline", "--version") == pipeline.__version__
    assert "2 articles, 0 problems" in run("news-pipeline", "ingest", "--workers", "1")
    assert run("news-pipeline", "check") == "the tables are sound"
    assert run("news-pipeline", "report") == "processed/report.html"
    assert {"haier", "org:青岛市科技局"} <= set(pipeline.load("organizations", tmp_path / "processed")["org_id"])
