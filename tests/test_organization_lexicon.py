"""The organization lexicon is sorted, unambiguous and free of generic words; merging keeps it so."""

import pytest

from pipeline.extract.organizations import gazetteer
from pipeline.extract.organizations.names import key
from training import lexicon

ROWS = lexicon.read(lexicon.MAIN)
ALL = ROWS + lexicon.read(lexicon.CEDICT)


def row(**cells: str) -> lexicon.Row:
    return dict.fromkeys(lexicon.COLUMNS, "") | {"org_id": "acme", "kind": "company", "source": "own"} | cells


def faults(*rows: lexicon.Row) -> str:
    return "\n".join(lexicon.check(list(rows)))


def test_the_lexicon_has_no_faults():
    assert lexicon.check(ALL) == []


def test_rows_are_sorted_by_id():
    ids = [row["org_id"] for row in ROWS]
    assert ids == sorted(ids)


def test_the_share_alike_part_stays_apart():
    assert {row["source"] for row in lexicon.read(lexicon.CEDICT)} == {"cedict"}
    assert "cedict" not in {row["source"] for row in ROWS}


@pytest.mark.parametrize("name", ["海尔", "海尔集团", "Haier", "Haier Group"])
def test_names_of_both_languages_share_one_id(name):
    assert [row["org_id"] for row in ROWS if name in lexicon.names(row)] == ["haier"]


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("小米", "context"),
        ("苹果", "context"),
        ("Target", "context"),
        ("Apple", "context"),
        ("苹果", "not:汁"),
        ("国航", "notafter:中"),  # 中国航天
        ("最高法", "not:院"),
        ("发改委", "notafter:省"),  # another body than the national one
    ],
)
def test_names_that_are_also_something_else_are_flagged(name, flag):
    (flags,) = [lexicon.names(row)[name] for row in ROWS if name in lexicon.names(row)]
    assert any(given.startswith(flag) for given in flags)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"name_zh": "某某", "org_id": "Acme!"}, "no slug"),
        ({}, "no name"),
        ({"name_en": "Acme", "kind": "shop"}, "unknown kind"),
        ({"name_en": "Acme", "source": "hearsay"}, "unknown source"),
        ({"name_en": "Acme", "parent": "nobody"}, "unknown parent"),
        ({"name_en": "Acme", "country": "China"}, "ISO 3166"),
        ({"name_en": "Acme", "flags": "contxt"}, "unknown flags"),
        ({"name_en": "Acme 公司"}, "holds Chinese"),
        ({"name_en": "Acme  Ltd"}, "stray blanks"),
        ({"name_en": "Acme", "aliases": "Ac me |Ac"}, "stray blanks"),
        ({"name_en": "Cafe\u0301 Royal"}, "not NFC"),
        ({"name_en": "Acme", "aliases": "Acme Co~loud"}, "unknown flag"),
        ({"name_en": "Acme", "aliases": "Acme Co~not:"}, "unknown flag"),
        ({"name_zh": "甲"}, "one character"),
        ({"name_zh": "某某集團"}, "traditional"),
        ({"name_en": "Bank"}, "generic word"),
        ({"name_zh": "公司"}, "generic word"),
        ({"name_en": "QX"}, "two Latin letters"),
    ],
)
def test_each_fault_is_found(cells, fault):
    assert fault in faults(row(**cells))


@pytest.mark.parametrize(
    "cells",
    [
        {"name_en": "Acme", "aliases": "QX~context|某某~context~not:汁/树"},
        {"name_en": "Acme", "flags": "context", "aliases": "QX"},
        {"name_zh": "某某", "country": "CN", "parent": "acme"},
    ],
)
def test_sound_rows_pass(cells):
    assert faults(row(**cells)) == ""


def test_a_name_with_two_owners_needs_context_on_both():
    one, other = row(name_zh="某某"), row(org_id="other", name_zh="某某")
    assert "acme, other" in faults(one, other)
    assert "acme, other" in faults(one, other | {"aliases": "某某~context"})
    assert faults(one | {"flags": "context"}, other | {"aliases": "某某~context"}) == ""


def test_two_rows_of_one_id_are_a_fault():
    assert "acme: 2 rows" in faults(row(name_zh="某某"), row(name_en="Acme"))


def test_merge_joins_rows_and_keeps_flags():
    old = row(name_zh="某某集团", name_en="Acme", aliases="某某")
    new = row(name_zh="某某公司", name_en="Acme", aliases="某某~context|ACM", tickers="ACM")
    (joined,) = lexicon.merge([old], [new])
    assert (joined["name_zh"], joined["tickers"]) == ("某某集团", "ACM")
    assert joined["aliases"] == "ACM|某某~context|某某公司"


def test_merging_twice_changes_nothing():
    once = lexicon.merge(ROWS[:50], [])
    assert lexicon.merge(once, ROWS[:50]) == once


def test_count_takes_the_longest_name_at_word_boundaries():
    rows = [row(name_zh="海川", name_en="Hai"), row(org_id="bank", name_zh="海川银行")]
    assert lexicon.count(rows, ["海川银行和海川。Hai and Haiku, AHai"]) == {"海川银行": 1, "海川": 1, "Hai": 1}


def test_owners_are_those_of_every_name_with_the_same_normal_form():
    owners: dict[str, set[str]] = {}
    for alias in gazetteer.gazetteer().aliases:
        owners.setdefault(key(alias.surface), set()).update(alias.owners)
    listed = gazetteer.gazetteer().surfaces
    unlisted = [name for name in owners if name not in listed and key(name) == name]
    assert len(unlisted) > 1000
    assert [name for name in unlisted if set(gazetteer.owners(name)) != owners[name]] == []


@pytest.mark.parametrize("name", ["The Haier", "“Haier”", "HAIER Group", "海爾集團有限公司", "ＨＡＩＥＲ"])
def test_names_in_other_dress_have_the_same_owner(name):
    assert gazetteer.owners(name) == ("haier",)
