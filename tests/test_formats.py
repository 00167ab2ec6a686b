"""What the project says of its own outputs, checked with other people's tools."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import pipeline
from pipeline import schema
from pipeline.json_schema import LINES

ROOT = Path(__file__).parent.parent


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


@pytest.mark.parametrize("command", LINES)
def test_json_schemas_are_sound_and_current(command: str) -> None:
    made = LINES[command]()
    jsonschema.Draft202012Validator.check_schema(made)
    page = json.loads((ROOT / f"docs/{command}.schema.json").read_text("utf-8"))
    assert page == made, f"run: python -m pipeline describe --json-schema {command} > docs/{command}.schema.json"


def test_what_the_commands_print_is_as_the_schemas_say() -> None:
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted((ROOT / "raw").glob("*.txt"))]
    requests = [{"id": n, "raw": text, "text": text[:3000], "published": "2022-08-25"} for n, text in enumerate(texts)]
    requests += [{"raw": "", "text": ""}, {"id": "x", "raw": "<p>Home</p>", "format": "html", "text": "<p>5</p>"}, []]
    stdin = "".join(json.dumps(request) + "\n" for request in requests)
    for command, made in LINES.items():
        check = jsonschema.Draft202012Validator(made(), format_checker=jsonschema.FormatChecker())
        run = subprocess.run(
            [sys.executable, "-m", "pipeline", command], input=stdin, capture_output=True, encoding="utf-8", check=True
        )
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        assert len(lines) == len(requests)
        for line in lines:
            check.validate(line)
        assert "error" in lines[-1]
        spoilt = {**lines[0], "text" if command == "clean" else "tokens": None}
        with pytest.raises(jsonschema.ValidationError):
            check.validate(spoilt)
