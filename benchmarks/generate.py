"""Article files to measure on: any number, always the same ones, in both dialects and both languages.

    python -m benchmarks.generate FOLDER --files 1000

File ``i`` depends on the seed and ``i`` only. The sentences mean nothing; their figures, dates and names are as dense
as in business news, and the Chinese words are drawn from jieba's dictionary by their frequency, so that no cache
profits more than it would on real text.
"""

import argparse
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from pipeline import lexicon

SEED = 1
PROXY = "https://cors.zfour.workers.dev/?"
MIRROR_EVERY = 50  # file 49, 99, ... is a mirror of the one seven before it
_SLOT = re.compile(r"\{(\w+)\}")


class Story(NamedTuple):
    """What one article says, before it is written as a file."""

    lang: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    spam: str


@cache
def _templates() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "templates.toml").read_text("utf-8"))


@cache
def _dictionary(tags: str) -> tuple[list[str], list[int]]:
    """Words of two and three characters in jieba's dictionary with one of ``tags``, and their summed frequencies."""
    path = Path(str(find_spec("jieba").origin)).with_name("dict.txt")  # type: ignore[union-attr]
    entries = (line.split() for line in path.read_text("utf-8").splitlines())
    chosen = [
        (e[0], int(e[1])) for e in entries if e[2] in tags.split() and 2 <= len(e[0]) <= 3 and 300 < int(e[1]) < 20000
    ]
    return [word for word, _ in chosen], list(accumulate(count for _, count in chosen))


def _word(tags: str) -> Callable[[Random], str]:
    def draw(random: Random) -> str:
        words, weights = _dictionary(tags)
        return random.choices(words, cum_weights=weights)[0]

    return draw


def _amount(random: Random) -> str:
    return f"{random.lognormvariate(3, 1.5):,.{random.choice((0, 1, 1, 2))}f}"


def _zh_number(random: Random) -> str:
    small, large = random.randint(2, 99), random.randint(100, 3000)
    return random.choice((str(small), str(large), random.choice("两三四五六七八九十")))


def _zh_date(random: Random) -> str:
    month, day = random.randint(1, 12), random.randint(1, 28)
    return random.choice((f"{month}月{day}日", f"{random.randint(2015, 2024)}年{month}月{day}日", f"{day}日"))


def _en_date(random: Random) -> str:
    name = datetime(2000, random.randint(1, 12), 1).strftime("%B")
    day, year = random.randint(1, 28), random.randint(2015, 2024)
    return random.choice((f"{day} {name} {year}", f"{name} {day}, {year}", f"{name} {day}"))


_COMMON: dict[str, Callable[[Random], str]] = {"year": lambda r: str(r.randint(2001, 2025))}
_FILLERS: dict[str, dict[str, Callable[[Random], str]]] = {
    "zh": _COMMON
    | {
        "n": _word("n vn"),
        "v": _word("v"),
        "a": _word("a"),
        "num": _zh_number,
        "few": lambda r: str(r.randint(2, 9)),
        "big": lambda r: r.choice((f"{r.randint(1, 90)}万", f"{r.randint(1000, 9999)}", f"{r.uniform(1, 9):.1f}万")),
        "money": lambda r: f"{_amount(r).replace(',', '')}{r.choice(('亿元', '万元', '亿元', '亿美元', '万亿元'))}",
        "pct": lambda r: f"{r.uniform(0.3, 80):.{r.choice((0, 1, 2))}f}{r.choice('%%％')}",
        "qty": lambda r: f"{_amount(r).replace(',', '')}{r.choice(_templates()['zh']['unit'])}",
        "date": _zh_date,
        "month": lambda r: f"{r.choice(('', '今年', '明年', '2023年'))}{r.randint(1, 12)}月",
        "org": lambda r: fill("{place}{brand}{sector}{form}" if r.random() < 0.4 else "{brand}{form}", "zh", r),
        "person": lambda r: fill("{surname}{given}", "zh", r),
    },
    "en": _COMMON
    | {
        "few": lambda r: r.choice(("two", "three", "five", "ten", "12", "18")),
        "num": lambda r: str(r.choice((r.randint(2, 99), r.randint(100, 900)))),
        "big": lambda r: f"{r.randint(1000, 990000):,}",
        "money": lambda r: f"{r.choice('$£€$')}{_amount(r)}{r.choice(('m', 'bn', ' million', ' billion'))}",
        "pct": lambda r: f"{r.uniform(0.3, 60):.1f}{r.choice(('%', '%', ' per cent', ' percent'))}",
        "qty": lambda r: f"{_amount(r)} {r.choice(_templates()['en']['unit'])}",
        "date": _en_date,
        "month": lambda r: datetime(2000, r.randint(1, 12), 1).strftime("%B") + r.choice(("", " 2022", " 2023")),
        "org": lambda r: fill("{brand} {sector}{form}", "en", r),
        "person": lambda r: fill("{given} {surname}", "en", r),
    },
}


def fill(template: str, lang: str, random: Random) -> str:
    """``template`` with each {slot} filled anew, from a list of templates.toml or by a function."""

    def one(match: re.Match[str]) -> str:
        filler = _FILLERS[lang].get(match[1])
        return filler(random) if filler else fill(random.choice(_templates()[lang][match[1]]), lang, random)

    return _SLOT.sub(one, template)


def _pick(name: str, lang: str, random: Random) -> str:
    return fill(random.choice(_templates()[lang][name]), lang, random)


def _spam(lang: str, random: Random) -> str:
    gap = "" if lang == "zh" else " "
    phrases = (
        gap.join(_pick(f"spam_{part}", lang, random) for part in ("front", "core", "back"))
        for _ in range(random.randint(8, 40))
    )
    tail = " ".join(phrases)
    return tail[: len(tail) - random.randint(0, 2)]


def _paragraph(lang: str, random: Random) -> str:
    count = random.randint(1, 5 if lang == "zh" else 3)
    sentences = (_pick(random.choice(("sentence", "plain")), lang, random) for _ in range(count))
    return ("" if lang == "zh" else " ").join(sentences)


def story(index: int, seed: int = SEED) -> Story:
    """What article ``index`` says."""
    random = Random(f"{seed}:{index}")
    lang = "en" if random.random() < 0.2 else "zh"
    title = _pick("title", lang, random)
    paragraphs = tuple(_paragraph(lang, random) for _ in range(min(45, 7 + int(random.lognormvariate(1.7, 0.6)))))
    published = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(seconds=random.randrange(5 * 365 * 86400))
    return Story(lang, title, paragraphs, published, _spam(lang, random) if random.random() < 0.1 else "")


@cache
def _traditional() -> dict[int, str]:
    """Simplified to traditional characters, one by one."""
    pairs = [pair for line in lexicon.lines("hant_hans.txt") for pair in line.split()]
    return {ord(pair[1]): pair[0] for pair in reversed(pairs)}


def _front_matter(story: Story, site: str, random: Random) -> str:
    lang, image = story.lang, f"{PROXY}http://img.example/{story.published:%Y/%m/%d}/{random.randrange(10**12)}.jpg"
    if random.random() < 0.2:
        image = f"https://picsum.photos/400/300?random={random.randrange(9999)}"
    date = format_datetime(story.published, usegmt=True)
    if random.random() < 0.03:
        date = f"{story.published:%Y-%m-%d %H:%M:%S}"
    blocks = [f'<p style="text-indent: 2em; text-align: left;">{p}</p>' for p in story.paragraphs]
    word = random.choice(story.title.split())
    url = f"https://news.example/{random.randrange(9999)}"
    link = f'<span class="hrefStyle"><a href="{url}" target="_blank">{word}</a></span>'
    blocks[0] = blocks[0].replace(word, link, 1)
    caption = _pick("caption", lang, random)
    figure = f'<img src="{image}" title="{story.title}" alt="{story.title}" referrerpolicy="no-referrer">'
    blocks.insert(random.randrange(1, len(blocks)), f'<p style="text-align:center">{figure}</p>')
    if random.random() < 0.3:
        blocks.insert(2, f"<figure>{figure}<figcaption>{caption}</figcaption></figure>")
    if random.random() < 0.5:
        blocks.append(f"<p>{_pick('closing', lang, random)}</p>")
    if story.spam:
        blocks.append(f"<p>{story.spam}</p>")
    section, channel = _pick("section", lang, random), _pick("channel", lang, random)
    quoted = story.title.replace("'", "’")
    return (
        f"\n---\ntitle: '{quoted}'\ncategories: \n - {section}\n - {site}\n - {channel}\nheadimg: '{image}'\n"
        f"author: {site}\ncomments: false\ndate: {date}\nthumbnail: '{image}'\n---\n\n"
        f"<div>   \n{''.join(blocks)}  \n</div>\n            "
    )


def _page(story: Story, site: str, random: Random) -> str:
    lang, zh = story.lang, story.lang == "zh"
    lines = list(_templates()[lang]["navigation"][: random.randrange(6)])
    lines += [" > ".join([*(lines or ["Home"])[:1], _pick("section", lang, random)]), "", story.title, ""]
    stamp = f"{story.published:%Y-%m-%d %H:%M}"
    lines += [f"{stamp}　来源：{site}" if zh else f"By {_pick('given', lang, random)} Lin\n{stamp}", ""]
    lines += [("　　" if zh else "") + paragraph for paragraph in story.paragraphs]
    lines += ["", _pick("closing", lang, random), _pick("footer", lang, random)]
    return "\n".join([*lines, "", story.spam] if story.spam else lines) + "\n"


def _encode(text: str, random: Random) -> bytes:
    variant = random.random()
    if variant < 0.04:
        return text.encode("utf-8-sig")
    if variant < 0.07:
        return text.encode("gb18030")
    if variant < 0.10:
        return text.replace("\n", "\r\n").encode()
    return text.encode()


def article(index: int, seed: int = SEED) -> tuple[str, bytes]:
    """Name and bytes of file ``index``.

    80 % have front matter and HTML, the rest are plain-text pages; 80 % are Chinese, a twentieth of them traditional; a
    tenth has a spam tail; some have a BOM, CRLF or are in GB18030; every 50th is a mirror of another.
    """
    random = Random(f"{seed}:{index}:file")
    mirror = index % MIRROR_EVERY == MIRROR_EVERY - 1
    told = story(index - 7 if mirror else index, seed)
    write: Any = _front_matter if random.random() < 0.8 else _page
    text = write(told, _pick("site", told.lang, random), random)
    if told.lang == "zh" and random.random() < 0.05:
        text = text.translate(_traditional())
    return f"{index:07d}_{random.getrandbits(64):016x}.txt", _encode(text, random)


def write(folder: Path, count: int, seed: int = SEED) -> int:
    """Write files 0 to ``count`` - 1 into ``folder``; returns their bytes together."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, data in articles(count, seed):
        (folder / name).write_bytes(data)
        total += len(data)
    return total


def articles(count: int, seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    return (article(index, seed) for index in range(count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    print(f"{args.files} files, {write(args.folder, args.files, args.seed) / 1e6:.1f} MB in {args.folder}")


if __name__ == "__main__":
    main()
