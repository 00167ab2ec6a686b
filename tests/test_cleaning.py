"""Cleaning: spam and boilerplate go, the article stays, and all of it can be undone.

The cases are in ``tests/cleaning/``: articles (hosts.txt), spam put into them (spam.txt), boilerplate below them
(boilerplate.txt), and articles that must come through untouched (legitimate.txt).
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline import lexicon
from pipeline.cleaning import apply_cuts, by_hand, find_all, find_cuts
from pipeline.cleaning.apply import restore
from pipeline.cleaning.fold import fold_hard
from pipeline.cleaning.segments import segment
from pipeline.cleaning.spam import THRESHOLDS
from pipeline.cleaning.view import Page, lines
from pipeline.records import Article, Block, OffsetMap
from pipeline.run import ingest

CASES = Path(__file__).parent / "cleaning"


def articles(name: str) -> dict[str, str]:
    """The articles of a case file, by name."""
    found: dict[str, str] = {}
    key = ""
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            key = line[4:]
            found[key] = ""
        elif key:
            found[key] += line + "\n"
    return {key: text.rstrip("\n") for key, text in found.items()}


def rows(name: str) -> Iterator[list[str]]:
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


HOSTS = articles("hosts.txt")
LEGITIMATE = articles("legitimate.txt")


def article(text: str, hidden: str = "", links: str = "", title: str = "") -> Article:
    """A parsed text: a block a line; lines that contain ``hidden`` are hidden, those with ``links`` all link."""
    blocks = []
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\n")
        linked = len(bare) if links and links in bare else 0
        if bare.strip():
            blocks.append(Block(at, at + len(bare), "line", bool(hidden) and hidden in bare, linked))
        at += len(line)
    return Article(text, OffsetMap.identity(len(text)), title=title, blocks=tuple(blocks))


def clean(text: str) -> str:
    parsed = article(text)
    return apply_cuts(parsed, find_cuts(parsed)).text


def squeezed(text: str) -> str:
    return "".join(text.split())


def marked(name: str, *values: object) -> object:
    """A case; one whose name says that it is known to fail must fail."""
    known = name.startswith(("missed:", "damaged:"))
    return pytest.param(*values, id=name, marks=[pytest.mark.xfail(strict=True)] if known else [])


def disguised(spam: str, how: str) -> str:
    if how == "none":
        return spam
    if how == "zero-width":
        return "\u200b".join(spam)
    if how == "full-width":
        return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in spam)
    if how == "traditional":
        hant = {pair[1]: pair[0] for line in lexicon.lines("hant_hans.txt") for pair in line.split()}
        return "".join(hant.get(char, char) for char in spam)
    return how.join(spam)


def infected(host: str, place: str, spam: str) -> str:
    lines = HOSTS[host].split("\n")
    if place == "tail":
        return "\n".join([*lines, spam])
    if place == "head":
        return "\n".join([spam, *lines])
    if place == "mid":
        return "\n".join([*lines[:2], spam, *lines[2:]])
    if place == "labels":
        return "\n".join([lines[0], *(spam + line for line in lines[1:])])
    if place == "before-footer":
        return "\n".join([*lines, spam, "版权所有 未经授权不得转载"])
    if place == "glued":
        return "\n".join([*lines[:-1], lines[-1] + spam])
    end = min(at for at in (lines[2].find("。"), lines[2].find(". ")) if at >= 0) + 1
    return "\n".join([*lines[:2], lines[2][:end] + spam + lines[2][end:], *lines[3:]])


@pytest.mark.parametrize(
    ("host", "place", "spam"),
    [
        marked(name, host, place, disguised(spam.replace("\\n", "\n"), how))
        for name, host, place, how, spam in rows("spam.txt")
    ],
)
def test_spam_goes_and_the_article_stays(host: str, place: str, spam: str) -> None:
    assert squeezed(clean(infected(host, place, spam))) == squeezed(HOSTS[host])


@pytest.mark.parametrize("text", [marked(name, text) for name, text in LEGITIMATE.items()])
def test_legitimate_text_is_untouched(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("text", HOSTS.values(), ids=HOSTS)
def test_articles_are_untouched(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(("reason", "line"), [marked(row[1], *row) for row in rows("boilerplate.txt")])
@pytest.mark.parametrize("host", ["zh-harbour", "en-bridge"])
def test_boilerplate_goes(host: str, reason: str, line: str) -> None:
    parsed = article(HOSTS[host] + "\n" + line.replace("\\n", "\n"))
    cuts = find_cuts(parsed)
    assert apply_cuts(parsed, cuts).text == HOSTS[host]
    assert {cut.reason for cut in cuts} == {reason}


@pytest.mark.parametrize(("reason", "line"), [marked(row[1], *row) for row in rows("boilerplate.txt")])
def test_boilerplate_words_inside_a_sentence_stay(reason: str, line: str) -> None:
    text = f"{HOSTS['zh-harbour']}\n记者注意到，墙上写着“{line.split(chr(92))[0]}”几个字，旁边是一张旧地图，已经泛黄。"
    assert clean(text) == text


def test_a_count_of_comments_above_an_article_is_no_head_of_a_thread() -> None:
    above = "The harbour wall will be mended before the winter.\nNobody was hurt when it broke, the council says.\n"
    for below in (HOSTS["en-bridge"], " ".join(HOSTS["en-bridge"].split("\n") * 2)):
        assert clean(f"{above}12 comments\n{below}").endswith(below)


@pytest.mark.parametrize("crumbs", ["River News\nHome River News Local", "Regions > Upper Valley > River news"])
def test_crumbs_and_section_names_above_the_text_go(crumbs: str) -> None:
    parsed = article(f"{crumbs}\n{HOSTS['en-bridge']}", title="Something else")
    cuts = find_cuts(parsed)
    assert apply_cuts(parsed, cuts).text == HOSTS["en-bridge"]
    assert {cut.reason for cut in cuts} <= {"crumbs", "navigation", "header"}


@pytest.mark.parametrize(
    "spam",
    [
        "真钱棋牌app下载 手机麻将赢现金平台 网上兼职日结app下载 关注即送彩金 捕鱼赢话费安卓版",
        "棋牌游戏下载\n捕鱼赢话费安卓版\n真钱麻将平台\n手机赌场官网\n在线兼职日结\n彩票计划软件",
    ],
)
def test_spam_that_speaks_like_a_site_is_spam(spam: str) -> None:
    found = find_cuts(article(f"{HOSTS['zh-harbour']}\n{spam}"))
    assert {cut.kind for cut in found} == {"spam"}


@pytest.mark.parametrize("path", ["Settings > Battery life > Sleep after", "设置 > 电池 > 休眠"])
def test_the_way_to_a_setting_stays(path: str) -> None:
    text = f"{HOSTS['en-bridge']}\n{path}"
    assert apply_cuts(article(text), find_cuts(article(text))).text == text


@pytest.mark.parametrize(
    ("host", "title"),
    [
        ("zh-harbour", "关注公众号送鸡蛋 老人排队"),
        ("zh-harbour", "扫码点赞送鸡蛋"),
        ("en-bridge", "Follow us for free ferry tickets"),
        ("en-bridge", "Follow us on Instagram for free ferry tickets"),
        ("en-bridge", "Follow the ferry on Instagram"),
    ],
)
def test_the_title_stays_whatever_it_sounds_like(host: str, title: str) -> None:
    text = f"{title}\n{HOSTS[host]}"
    assert find_cuts(article(text, title=title)) == []
    assert find_cuts(article(text, title="Something else")) != []


def test_hidden_lines_need_a_second_sign() -> None:
    text = HOSTS["zh-school"]
    rest = text.split("\n")[-1]
    assert find_cuts(article(text, hidden=rest)) == []
    links = "北河新闻 南山日报 东湖时报"
    cuts = find_cuts(article(f"{text}\n{links}", hidden=links, links=links))
    assert [(cut.kind, cut.reason) for cut in cuts] == [("spam", "hidden-links")]


def test_a_hidden_body_may_hold_sentences_that_are_links() -> None:
    text = HOSTS["en-bees"]
    linked = text.split("\n")[1]
    blocks = [block._replace(hidden=True) for block in article(text, links=linked).blocks]
    assert find_cuts(Article(text, OffsetMap([]), blocks=tuple(blocks))) == []
    alone = [block._replace(hidden=block.link_chars > 0) for block in blocks]
    cuts = find_cuts(Article(text, OffsetMap([]), blocks=tuple(alone)))
    assert [(cut.kind, cut.reason) for cut in cuts] == [("spam", "hidden-links")]


def test_captions_are_cut_as_captions() -> None:
    text = HOSTS["en-bees"]
    caption = "Bees on a blossom near the farm"
    blocks = (*article(text).blocks, Block(len(text) + 1, len(text) + 1 + len(caption), "caption"))
    cuts = find_cuts(Article(f"{text}\n{caption}", OffsetMap([]), blocks=blocks))
    assert [(cut.kind, cut.reason) for cut in cuts] == [("caption", "caption")]


def test_strictness_trades_recall_for_damage() -> None:
    parsed = [article(infected(host, place, spam)) for _, host, place, _, spam in rows("spam.txt")]
    kept = {name: sum(len(apply_cuts(one, find_cuts(one, name)).text) for one in parsed) for name in THRESHOLDS}
    assert kept["strict"] <= kept["balanced"] <= kept["gentle"]


def test_many_articles_at_once_come_out_as_one_by_one() -> None:
    cases = [(host, place, spam.replace("\\n", "\n")) for _, host, place, _, spam in rows("spam.txt")]
    texts = [*HOSTS.values(), *LEGITIMATE.values(), "", "…", ".a", *(infected(*case) for case in cases)]
    parsed = [article(text, links="www") for text in texts]
    one_by_one = [find_cuts(each) for each in parsed]
    assert find_all(parsed) == one_by_one
    assert find_all(parsed[::-1]) == one_by_one[::-1]
    assert any(cut.kind == "spam" for cuts in one_by_one for cut in cuts)


def test_strictness_is_a_setting() -> None:
    toml = 'strictness = "strict"\n["a.txt"]\nkeep = ["Weather"]\n'
    assert by_hand.strictness(toml) == "strict"
    assert by_hand.strictness("") == "balanced"
    assert by_hand.read(toml) == {"a.txt": by_hand.ByHand(keep=("Weather",))}
    with pytest.raises(ValueError, match="lenient"):
        by_hand.strictness('strictness = "lenient"')


def test_what_a_person_decides_is_obeyed() -> None:
    spam = next(rows("spam.txt"))[4]
    parsed = article(f"{HOSTS['en-bridge']}\n{spam}\nPhoto by a reader")
    words = spam.split()
    decided = by_hand.ByHand(keep=(words[3],), cut=("Photo by a reader",))
    cleaned = apply_cuts(parsed, find_cuts(parsed, decided=decided))
    assert squeezed(cleaned.text) == squeezed(HOSTS["en-bridge"] + words[3])
    assert restore(cleaned.text, cleaned.cuts) == parsed.text


def test_a_decision_that_matches_nothing_is_a_problem(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(HOSTS["en-bridge"], encoding="utf-8")
    (raw / "overrides.toml").write_text('["a.txt"]\nkeep = ["Engineers told"]\ncut = ["Enginers told"]\n', "utf-8")
    ingest(raw, tmp_path / "processed")
    problems = pipeline.load("problems", processed=tmp_path / "processed")
    assert problems[["path", "step", "error", "message", "fatal"]].values.tolist() == [
        ["a.txt", "clean", "override-matches-nothing", "not in it: Enginers told", False]
    ]


def test_spam_behind_boilerplate_leaves_no_row_of_blanks() -> None:
    tail = "真人棋牌平台下载 捕鱼赢话费安卓版 时时彩后三组选技巧 老虎机怎么玩容易赢 北京快车开奖记录"
    text = f"{HOSTS['zh-harbour']}\n\n责任编辑：宋听澜\n海湾网版权所有 未经授权禁止转载\n\n{tail}"
    found = find_cuts(article(text))
    assert {cut.kind for cut in found} == {"spam", "boilerplate"}
    assert all(text[cut.start : cut.end].strip() for cut in found)


@pytest.mark.parametrize("toml", ["keep = [", "[a]\nkeep = 1", "[a]\ndrop = []", "a = 1", "[a]\ncut = [1]"])
def test_decisions_in_another_form_are_refused(toml: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        by_hand.read(toml)


def test_disguises_fold_to_the_same_text_with_places_kept() -> None:
    plain = "澳门彩票 bet"
    for how in ("zero-width", "full-width", "traditional", "•", "丶", "*"):
        text = disguised(plain, how)
        folded = fold_hard(text)
        assert "".join(map(chr, folded.codes)) == plain
        assert len(folded.origin) == len(plain)
        assert all(place < len(text) for place in folded.origin)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("债【不】好【追】我们来【要】", "债不好追我们来要"),
        ("（一）报名（二）考试（三）录取", "(一)报名(二)考试(三)录取"),
        ("他说【不】", "他说【不】"),
    ],
)
def test_brackets_around_single_characters_are_a_disguise(text: str, plain: str) -> None:
    assert "".join(map(chr, fold_hard(text).codes)) == plain


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The race is run over the hills.Why pay more than your neighbour?", 2),
        ("It is written for Node.js, not C.", 1),
    ],
)
def test_a_capital_glued_to_a_full_stop_opens_a_sentence(text: str, number: int) -> None:
    found = segment([Page(text, lines(text, []))])
    assert found is not None
    assert len(found.first) == number


PIECES = [
    *(line for text in HOSTS.values() for line in text.split("\n")),
    *(row[4].replace("\\n", "\n") for row in rows("spam.txt")),
    *(row[1].replace("\\n", "\n") for row in rows("boilerplate.txt")),
    *(line for text in LEGITIMATE.values() for line in text.split("\n")[:3]),
    "", " ", "\u3000", "\r", "\x0b", "a", "。", "\u200b", "http://www.example.com",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).flatmap(
        lambda pieces: st.sampled_from(["\n", "\n\n", "", " "]).map(lambda separator: separator.join(pieces))
    ),
    st.text(max_size=200),
)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@settings(max_examples=150, deadline=None)
@given(texts, st.sampled_from(["", "e", "的"]))
def test_text_and_cuts_give_the_parsed_text_back(text: str, odd: str) -> None:
    parsed = article(text, hidden=odd, links=odd)
    cuts = find_cuts(parsed)
    assert all(0 <= cut.start < cut.end <= len(text) for cut in cuts)
    assert all(one.end <= other.start for one, other in pairwise(cuts))
    cleaned = apply_cuts(parsed, cuts)
    assert restore(cleaned.text, cleaned.cuts) == text
