"""The pictures in the README: `make pictures`. Needs Chromium.

python notebooks/pictures.py [PROCESSED]
"""

import shutil
import subprocess
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from PIL import Image

import pipeline
from pipeline.report import build

HERE = Path(__file__).parent
TARGET = HERE.parent / "docs" / "img"
ARTICLE = "000_a5580373787fbe3d.txt"
PLOT = "Mentions a quarter"  # words of the notebook's cell that draws it


def photographed(html: str, width: int, height: int) -> Image.Image:
    """The top of a page as Chromium shows it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("the pictures need Chromium: install the package chromium")
    with TemporaryDirectory() as folder:
        page, picture = Path(folder, "page.html"), Path(folder, "page.png")
        page.write_text(html, "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
        size = [f"--window-size={width},{height}", f"--screenshot={picture}"]
        subprocess.run([browser, *options, *size, page.as_uri()], check=True, capture_output=True, timeout=100)
        return Image.open(BytesIO(picture.read_bytes()))


def plotted() -> Image.Image:
    """A plot out of the notebook's kept outputs."""
    for cell in nbformat.read(HERE / "explore.ipynb", as_version=4).cells:
        for output in cell.get("outputs", ()):
            if PLOT in cell.source and "image/png" in output.get("data", {}):
                return Image.open(BytesIO(b64decode(output.data["image/png"])))
    raise SystemExit(f"no plot of {PLOT!r} in the notebook: run `make notebook-outputs`")


def keep(picture: Image.Image, name: str) -> None:
    TARGET.mkdir(exist_ok=True)
    path = TARGET / name
    picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    processed = sys.argv[1] if len(sys.argv) > 1 else "processed"
    shown = pipeline.article(ARTICLE, processed)._repr_html_()
    body = '<meta charset="utf-8"><body style="font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem">'
    keep(photographed(build(processed), 1100, 780), "report.png")
    keep(photographed(body + shown, 850, 870), "article.png")
    keep(plotted(), "notebook.png")
