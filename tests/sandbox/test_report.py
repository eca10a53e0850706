"""The schema of a report is the committed one, and every kind of report fits it."""

import json

import jsonschema
import msgspec

from sandbox import report
from sandbox.program import read_folder
from tests.sandbox.runner import ROOT, run_jobs
from tests.sandbox.test_why import whole

SCHEMA = ROOT / "sandbox/report.schema.json"


def test_the_committed_schema_is_up_to_date():
    assert json.loads(SCHEMA.read_text()) == report.schema()


def test_reports_of_every_failure_fit_the_schema():
    program = read_folder(ROOT / "tests/programs/ways-to-fail")
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    for told in run_jobs(program.jobs()):
        encoded = msgspec.json.encode(whole(told))
        assert list(validator.iter_errors(json.loads(encoded))) == []
        assert len(encoded) <= 256 * 1024


def test_a_report_with_an_unknown_key_is_refused():
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert list(validator.iter_errors({"schema": 1, "surprise": True}))
