"""The least that any pipeline of this kind must do: read, take the text out of the markup, cut Chinese, write Parquet.

    python -m benchmarks.floor RAW OUT

Nothing is found, judged or kept with its place. What ``ingest`` costs beyond this is the price of its answers.
"""

import re
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import rjieba
from selectolax.lexbor import LexborHTMLParser

HAN = re.compile("[\u4e00-\u9fff]")
WORD = re.compile(r"\w+|[^\w\s]")
SHARD = 128


def read(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def text_of(source: str) -> str:
    if not source.lstrip().startswith("---"):
        return source
    body = source.split("\n---", 1)[-1]
    root = LexborHTMLParser(body).body
    return root.text(separator="\n") if root else ""


def main(raw: str, out: str) -> None:
    paths = sorted(Path(raw).iterdir())
    for number, first in enumerate(range(0, len(paths), SHARD)):
        names, texts, ids, tokens = [], [], [], []
        for path in paths[first : first + SHARD]:
            text = text_of(read(path))
            found = rjieba.cut(text) if HAN.search(text) else WORD.findall(text)
            names.append(path.name)
            texts.append(text)
            ids += [len(names) - 1] * len(found)
            tokens += found
        for table, columns in (("articles", {"path": names, "text": texts}), ("tokens", {"id": ids, "token": tokens})):
            folder = Path(out, table)
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"part-{number:05d}.parquet"
            pq.write_table(pa.table(columns), target, compression="zstd", compression_level=1)


if __name__ == "__main__":
    main(*sys.argv[1:3])
