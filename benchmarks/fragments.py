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


def rates(bodies: Sequence[str], repeat: int = 7) -> dict[str, float]:
    """Bodies a second of each parser: the best of ``repeat`` for each body, parsers in turn, so that other work on the
    machine counts little.
    """
    best = {name: [float("inf")] * len(bodies) for name in PARSERS}
    for _ in range(repeat):
        for name, parse in PARSERS.items():
            for n, body in enumerate(bodies):
                start = time.perf_counter()
                parse(body)
                best[name][n] = min(best[name][n], time.perf_counter() - start)
    return {name: len(bodies) / sum(seconds) for name, seconds in best.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100)
    raws = (raw for name, data in articles(parser.parse_args().files) for raw in read(data, name))
    bodies = [raw.text[raw.body :] for raw in raws if raw.has_front_matter]
    found = rates(bodies)
    print("| parser | bodies a second | ours is so many times as fast |\n|--|--|--|")
    for name, rate in found.items():
        print(f"| {name} | {rate:,.0f} | {found['ours'] / rate:.1f} |")


if __name__ == "__main__":
    main()
