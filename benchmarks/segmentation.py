"""Segmentation beside jieba: how fast, and whether a single line or odd string is cut otherwise.

    python -m benchmarks.segmentation [FOLDER] [--fuzz N]

Without a folder the texts are generated; with one, every line of its files that holds Chinese is compared.
"""

import argparse
import logging
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import jieba

from benchmarks import generate
from pipeline.segment import cut

HAN = re.compile("[\u3400-\u9fff]")
ODD = "abX018.-_+#&% 　,，。！？、“”（）…~@/\\\r\n\t\x00\x0b\x85\u200b\ufeff€￥％０ａあア가😀👍🏽éß㐀䶵鿖豈𠀀〇々㊣Ⅳ①²"
SNIPPETS = ["PM2.5", "C++", "5G", "T恤", "AT&T", "1.3nm", "third-party", "2022-08", "c#", "--", "...", "3.5%", "卡拉OK"]


def lines(folder: Path) -> list[str]:
    """The lines of the files in ``folder`` that hold Chinese."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            found += [line for line in file.read_bytes().decode("utf-8", "replace").splitlines() if HAN.search(line)]
    return found


def fuzz(number: int, words: list[str], seed: int = 1) -> Iterator[str]:
    """Strings of Chinese, signs, other scripts and snippets that jieba treats in some special way."""
    draw = random.Random(seed)
    for _ in range(number):
        kinds = draw.choices((SNIPPETS, ODD, words), (12, 28, 60), k=draw.randint(1, 30))
        yield "".join(draw.choice(kind) for kind in kinds)


def timed(cutter: Callable[[str], list[str]], texts: list[str]) -> tuple[float, list[list[str]]]:
    cutter("渡口")
    began = time.process_time()
    found = [cutter(text) for text in texts]
    return time.process_time() - began, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--fuzz", type=int, default=100_000)
    args = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        if not args.folder:
            generate.write(Path(folder), 1000)
        texts = lines(args.folder or Path(folder))
    size = sum(len(text.encode()) for text in texts) / 1e6
    ours, mine = timed(cut, texts)
    theirs, expected = timed(jieba.lcut, texts)
    differ = sum(one != other for one, other in zip(mine, expected, strict=True))
    print(
        f"{len(texts):,} lines, {size:.1f} MB: jieba {size / theirs:.2f} MB/s, here {size / ours:.2f} MB/s of CPU time,"
    )
    whole, _ = timed(cut, ["\n".join(texts[start : start + 30]) for start in range(0, len(texts), 30)])
    print(f"{size / whole:.2f} MB/s by texts of 30 lines: {theirs / whole:.1f} times; {differ} lines differ")
    odd = [text for text in fuzz(args.fuzz, sorted({char for text in texts[:2000] for char in text})) if text]
    print(f"{len(odd):,} odd strings: {sum(cut(text) != jieba.lcut(text) for text in odd)} differ")


if __name__ == "__main__":
    main()
