"""Snippets are split as the oracle splits them, and every line keeps its number."""

import ast

import pytest

from sandbox.program import read_folder
from sandbox.snippet import split
from tests import oracle
from tests.sandbox.runner import ROOT, run_jobs

SNIPPETS = {
    "completed": "class A(models.Model):\n    pass\n\nA.objects.create()\n",
    "after a comment": "# my code\nclass A(models.Model):\n    pass\n",
    "after a docstring": '"""Doc."""\nclass A(models.Model):\n    pass\n\nprint(User)\n',
    "future": "from __future__ import annotations\n@receiver(post_save)\ndef f(**k):\n    pass\n",
    "connect at the end": "def f(**k):\n    pass\n\nx = 1\npost_save.connect(f)\nprint(x)\n",
    "driver before a def": "x = 1\nprint(x)\ndef f():\n    pass\nf()\n",
    "only a driver": "print(User.objects.count())\n",
    "blocks": "def f():\n    return 1\n\nfor i in range(2):\n    f()\n\nif f():\n    print('ü')\n",
    "long text": 'import os\nx = """a\nb\nc"""\nprint(x,\n  os)\n',
    "empty": "",
}


def statements(source):
    """Return the statements of a source without their places, and without what fills a gap."""
    nodes = ast.parse(source).body
    return [ast.dump(node) for node in nodes if not isinstance(node, ast.Pass)]


@pytest.mark.parametrize("source", SNIPPETS.values(), ids=SNIPPETS)
def test_the_parts_are_those_of_the_oracle(source):
    models, driver, filled = oracle.split_snippet(source)
    ours = split(source)
    assert ours.completed == filled
    assert sorted(statements(ours.models)) == sorted(statements(models))
    assert statements(ours.driver) == statements(driver)


@pytest.mark.parametrize("source", SNIPPETS.values(), ids=SNIPPETS)
def test_every_statement_keeps_its_line(source):
    ours = split(source)
    lines = {ast.dump(node): node.lineno for node in ast.parse(source).body}
    for text, shift in ((ours.models, ours.shift), (ours.driver, 0)):
        for node in ast.parse(text).body:
            if ast.dump(node) in lines and ast.dump(node) not in map(str, ours.completed):
                assert node.lineno - shift == lines[ast.dump(node)]


@pytest.mark.parametrize(
    "lines",
    ["f(); print(f); x = 1", "print(f(),\n  1); print('ü')[:5]; f()", "x = 1; y = [\n  x]  # both"],
)
def test_several_statements_on_a_line_run_once(lines):
    # The oracle would run the whole line for each of them.
    ours = split(f"def f():\n    return 1\n\n{lines}\n")
    assert statements(ours.driver) == statements(lines)
    assert statements(ours.models) == statements("def f():\n    return 1\n")


def test_a_registration_on_the_line_of_others_stays_with_the_definitions():
    ours = split("def f():\n    pass\n\nf(); post_save.connect(f); f()\n")
    assert statements(ours.driver) == statements("f(); f()")
    assert statements(ours.models)[-1:] == statements("post_save.connect(f)")


def test_code_that_is_not_python_raises():
    with pytest.raises(SyntaxError):
        split("def f(:\n")


def test_the_trace_says_snippet_with_its_own_lines():
    program = read_folder(ROOT / "tests/programs/profile-update-snippet")
    told = run_jobs([program.job("buggy", "as_written")])[0]
    places = {(event["kind"], event["file"], event["line"]) for event in told["events"]}
    assert ("save", "snippet.py", 16) in places
    assert ("receiver", "snippet.py", 11) in places
    assert told["completed_imports"] == ["from django.contrib.auth.models import User"]
