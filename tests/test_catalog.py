"""The tables as a notebook gets them, the data dictionary, and the check that finds what is wrong."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline import catalog, schema
from pipeline.cli import parser
from pipeline.run import ingest


def main(words: list[str]) -> int:
    args = parser().parse_args(words)
    code: int = args.run(args)
    return code


@pytest.fixture
def tables(raw: Path, out: Path) -> Path:
    ingest(raw, out)
    return out


def test_dtypes(tables: Path) -> None:
    articles = pipeline.load("articles", tables)
    assert str(articles["published_at"].dtype) == "datetime64[us, UTC]"
    assert articles["lang"].dtype == "category"
    assert articles["chars"].dtype == "int32"
    assert all(isinstance(tags, list) for tags in articles["tags"])
    dates = pipeline.load("dates", tables)
    assert dates["start_date"].dtype == pd.ArrowDtype(pa.date32())
    assert dates["relative"].dtype == "bool"
    assert pipeline.load("cuts", tables)["raw_start"].dtype == "Int32"
    assert pipeline.load("figures", tables)["currency_explicit"].dtype == "boolean"


def test_dates_are_dates() -> None:
    column = pa.chunked_array([[date(2021, 5, 3), None]], pa.date32())
    series = catalog._series(column, pa.field("day", pa.date32()))
    assert series[0] == date(2021, 5, 3)
    assert series.dt.year[0] == 2021
    assert series.isna()[1]


def test_attrs_hold_units_and_are_json(tables: Path) -> None:
    frame = pipeline.load("sentences", tables)
    assert frame.attrs["columns"]["start"]["unit"] == "code points"
    assert json.loads(json.dumps(frame.attrs)) == frame.attrs


def test_columns_and_where(tables: Path) -> None:
    frame = pipeline.load("tokens", tables, columns=["token", "field"], where=[("field", "==", "text")])
    assert list(frame.columns) == ["token", "field"]
    assert set(frame["field"]) == {"text"}
    assert len(pipeline.load("tokens", tables, where=pc.field("field") == "text")) == len(frame)
    assert len(pipeline.load("tokens", tables, where=("field", "==", "text"))) == len(frame)


def test_misspelt_names_get_help(tables: Path) -> None:
    with pytest.raises(ValueError, match="did you mean 'figures'"):
        pipeline.load("figure", tables)
    with pytest.raises(ValueError, match="did you mean 'surface'"):
        pipeline.load("figures", tables, columns=["surfaces"])
    with pytest.raises(ValueError, match="there are: articles"):
        pipeline.describe("zzz")


def test_nothing_ingested_yet(out: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make ingest"):
        pipeline.load("articles", out)


def test_describe_covers_every_column() -> None:
    frame = pipeline.describe()
    assert set(frame["table"]) == set(pipeline.tables())
    assert frame["description"].str.len().min() > 5
    assert list(pipeline.describe("figures")["column"]) == [c.name for c in schema.columns("figures")]


def test_dictionary_page_is_current() -> None:
    page = Path(__file__).parent.parent / "docs/tables.md"
    assert page.read_text(encoding="utf-8") == schema.markdown(), "run: python -m pipeline describe --markdown"


@pytest.mark.parametrize(("words", "code"), [([], 0), (["figures"], 0), (["figure"], 2), (["--markdown"], 0)])
def test_describe_command(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", *words]) == code
    assert bool(capsys.readouterr().out) == (code == 0)


def test_sound_tables_pass(tables: Path) -> None:
    assert list(catalog.check(tables)) == []


def test_edited_table_is_found(tables: Path) -> None:
    part = next((tables / "sentences").iterdir())
    data = pq.read_table(part)
    pq.write_table(data.slice(1), part)
    assert any("changed after it was written" in fault for fault in catalog.check(tables))
    assert main(["check", "--out", str(tables)]) == 1


def test_ungrounded_mention_is_found(tables: Path) -> None:
    part = next((tables / "tokens").iterdir())
    data = pq.read_table(part)
    index = data.schema.get_field_index("start")
    shifted = data.set_column(index, data.schema.field(index), pc.add(data["start"], 1).cast(pa.int32()))
    pq.write_table(shifted, part)
    assert any("do not stand at start:end" in fault for fault in catalog.check(tables))


def test_missing_and_stray_files_are_found(tables: Path) -> None:
    part = next((tables / "tokens").iterdir())
    part.rename(part.with_name("part-mine.parquet"))
    faults = list(catalog.check(tables))
    assert any("missing" in fault for fault in faults)
    assert any("not written by the pipeline" in fault for fault in faults)


def test_full_run_mends_edited_tables(raw: Path, tables: Path) -> None:
    part = next((tables / "tokens").iterdir())
    part.write_bytes(b"x")
    ingest(raw, tables, full=True)
    assert list(catalog.check(tables)) == []
