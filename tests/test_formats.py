"""What the project says of its own outputs, checked with other people's tools."""

import socket
from pathlib import Path

import pytest

import pipeline
from pipeline import schema


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_frictionless_finds_no_fault(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every value of every table against the data package: type, null, allowed values, primary and foreign keys."""
    frictionless = pytest.importorskip("frictionless")
    pipeline.ingest(raw, out, workers=1)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("the network was asked for"))
    report = frictionless.validate(str(out / "datapackage.json"))
    assert [task.name for task in report.tasks] == pipeline.tables()
    # Lists in Parquet come to frictionless as numpy arrays, which it takes for no list.
    lists = {(name, column.name) for name in pipeline.tables() for column in schema.columns(name)
             if column.type == "list"}  # fmt: skip
    faults = {(task.name, getattr(error, "field_name", ""), error.message) for task in report.tasks
              for error in task.errors}  # fmt: skip
    assert {fault for fault in faults if fault[:2] not in lists} == set()
    assert {fault[2][:10] for fault in faults} <= {"Type error"}
