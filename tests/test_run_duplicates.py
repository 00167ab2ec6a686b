"""Mirrors of one story find each other, whatever their site adds; other stories stay apart."""

import random
import re
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline import catalog, duplicates, schema
from pipeline.run import ingest
from pipeline.segment import segment
from pipeline.text import passage

ZH = re.findall("..", "渡口新船开航旅客茶叶合作仓库今年去年山城码头工人运送增加政府批准道路建设完成学校")
EN = re.findall(
    "[a-z]+", "ferry mill hired workers council approved bridge harbour tea barrels shipped autumn school storm"
)


def story(seed: int, words: list[str], number: int = 220, gap: str = "") -> list[str]:
    draw = random.Random(seed)
    return [gap.join(draw.choices(words, k=8)) + ("。" if words is ZH else ". ") for _ in range(number // 8)]


def signed(texts: dict[str, str]) -> pa.Table:
    rows, tokens = [], []
    for name, text in texts.items():
        rows.append((name, text))
        _, found = segment([passage("text", text)])
        tokens += [(name, token.field, token.token) for token in found]
    articles = pa.table(
        {
            "article_id": [[name for name, _ in rows]][0],
            "path": [name for name, _ in rows],
            "published_at": pa.nulls(len(rows), schema.arrow_schema("articles").field("published_at").type),
            "cut_chars": pa.array([0] * len(rows), pa.int32()),
            "text": [text for _, text in rows],
        }
    )
    columns = dict(zip(("article_id", "field", "token"), zip(*tokens, strict=True), strict=True))
    return duplicates.signatures(articles, pa.table({name: list(values) for name, values in columns.items()}))


def repeats(tables: list[pa.Table]) -> dict[str, tuple[str, float]]:
    found, ids = duplicates.find(tables), [name for table in tables for name in table["article_id"].to_pylist()]
    assert found.num_rows == len(ids)
    rows = zip(ids, found["duplicate_of"].to_pylist(), found["duplicate_score"].to_pylist(), strict=True)
    return {name: (first, score) for name, first, score in rows if first is not None}


@pytest.mark.parametrize(("words", "gap"), [(ZH, ""), (EN, " ")])
def test_mirrors_are_grouped_and_others_are_not(words: list[str], gap: str) -> None:
    base = story(1, words, gap=gap)
    edited = [*base[:10], *story(2, words, 8, gap), *base[11:], *story(3, words, 16, gap)]
    other = story(4, words, gap=gap)
    found = repeats(
        [signed({"a": gap.join(base), "b": gap.join(edited), "c": gap.join(other), "d": gap.join(base) + "\n"})]
    )
    assert {name: first for name, (first, _) in found.items()} == {"b": "a", "d": "a"}
    assert found["d"][1] == 1
    assert 0.6 <= found["b"][1] < 1


def test_scripts_are_the_same_story() -> None:
    simplified = "".join(story(1, ZH))
    traditional = simplified.translate(str.maketrans("开运码头务学张绍实业设", "開運碼頭務學張紹實業設"))
    assert set(repeats([signed({"a": simplified, "b": traditional})])) == {"b"}


def test_the_score_estimates_the_share_of_shingles() -> None:
    base = story(1, EN, 800, " ")
    for kept in (90, 75):
        half = base[:kept]
        text, whole = " ".join(half), " ".join(base)
        words, all_words = text.replace(".", "").split(), whole.replace(".", "").split()
        one, other = ({tuple(w[i : i + 3]) for i in range(len(w) - 2)} for w in (words, all_words))
        ((_, score),) = repeats([signed({"a": whole, "b": text})]).values()
        assert score == pytest.approx(len(one & other) / len(one | other), abs=0.12)


def test_short_texts_count_only_if_they_are_the_same() -> None:
    found = repeats([signed({"a": "渡口今天开航。", "b": "渡口今天停航。", "c": "渡口今天开航。", "d": "", "e": "。"})])
    assert found == {"c": ("a", 1.0)}


def test_the_earliest_is_the_original_and_order_of_shards_does_not_matter() -> None:
    base, other = story(1, ZH), story(9, ZH)
    tables = [
        signed({"m": "".join(base)}),
        signed({"b": "".join(base[1:]), "z": "".join(other)}),
        signed({"k": "".join(base[:-1]), "y": "".join(other[1:])}),
    ]
    found = repeats(tables)
    assert found == repeats(tables[::-1])
    assert {name: first for name, (first, _) in found.items()} == {"m": "b", "k": "b", "z": "y"}


def test_nothing_to_compare() -> None:
    assert repeats([]) == {}
    assert repeats([signed({"a": "x"})]) == {}


def test_near_duplicates_reach_the_articles(raw: Path, out: Path) -> None:
    base = story(1, ZH)
    (raw / "first.txt").write_text("新船\n\n" + "".join(base), encoding="utf-8")
    (raw / "second.txt").write_text("新船开航\n\n" + "".join(base[:-2]), encoding="utf-8")
    ingest(raw, out)
    articles = catalog.load("articles", out).set_index("path")
    assert articles.loc["second.txt", "duplicate_of"] == articles.loc["first.txt", "article_id"]
    assert articles["duplicate_of"].notna().sum() == 1
