"""How fast bodies of articles are parsed: ours, with offsets, blocks, images and links, beside text-only parsers.

python -m benchmarks.fragments [--files N]
"""

import argparse
import time
from collections.abc import Callable, Sequence

from bs4 import BeautifulSoup
from lxml import html as lxml_html
from selectolax.lexbor import LexborHTMLParser

from benchmarks.generate import articles
from pipeline.parse.fragment import parse_html
from pipeline.read import read


def _lexbor(source: str) -> str:
    body = LexborHTMLParser(source).body
    return body.text() if body else ""


PARSERS: dict[str, Callable[[str], object]] = {
    "ours": parse_html,
    "BeautifulSoup, lxml": lambda source: BeautifulSoup(source, "lxml").get_text("\n"),
    "BeautifulSoup, html.parser": lambda source: BeautifulSoup(source, "html.parser").get_text("\n"),
    "lxml text_content": lambda source: lxml_html.fromstring(source).text_content(),
    "selectolax text": _lexbor,
}


def rate(parse: Callable[[str], object], bodies: Sequence[str], repeat: int = 3) -> float:
    """Bodies a CPU second, the best of ``repeat``."""
    best = 0.0
    for _ in range(repeat):
        start = time.process_time()
        for body in bodies:
            parse(body)
        best = max(best, len(bodies) / (time.process_time() - start))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    raws = (raw for name, data in articles(parser.parse_args().files) for raw in read(data, name))
    bodies = [raw.text[raw.body :] for raw in raws if raw.has_front_matter]
    rates = {name: rate(parse, bodies) for name, parse in PARSERS.items()}
    print("| parser | bodies a second | of ours |\n|--|--|--|")
    for name, found in rates.items():
        print(f"| {name} | {found:,.0f} | {found / rates['ours']:.2f} |")


if __name__ == "__main__":
    main()
