"""Program folders are read whole, or refused with every mistake in one go."""

import pytest

from sandbox.program import AS_WRITTEN, ProgramError, read_file, read_folder
from tests import oracle
from tests.sandbox.runner import ROOT

MODELS = "from django.db import models\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "buggy").mkdir()
    (tmp_path / "buggy/models.py").write_text(MODELS)
    (tmp_path / "case_one.py").write_text(
        "# intent: 2 | it sends\n# intent-result: [1]\nRESULT = [1]\n"
    )
    return tmp_path


def mistakes(folder):
    """Return what is wrong with a folder."""
    with pytest.raises(ProgramError) as raised:
        read_folder(folder)
    return raised.value.mistakes


def test_it_works(folder):
    (folder / "setup.py").write_text("x = 1\n")
    (folder / "card.yaml").write_text("not: ours\n")
    program = read_folder(folder)
    job = program.job("buggy", "one")
    assert job.files == {"models.py": MODELS}
    assert job.setup == "x = 1\n"
    assert job.action.endswith("RESULT = [1]\n")
    assert program.intents["one"].emails == 2
    assert program.intents["one"].about == "it sends"
    assert program.intents["one"].result == [1]


def test_a_versions_own_case_and_settings_come_first(folder):
    (folder / "buggy/case_one.py").write_text("own = 1\n")
    (folder / "project.json").write_text('{"settings": {"A": 1}, "apps": ["a"]}')
    (folder / "buggy/project.json").write_text('{"settings": {"B": 2}, "layout": "root"}')
    job = read_folder(folder).job("buggy", "one")
    assert (job.action, job.settings, job.apps, job.layout) == (
        "own = 1\n",
        {"B": 2},
        ["a"],
        "root",
    )
    assert job.files == {"models.py": MODELS}


# The oracle leaves its files to the garbage collector.
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("name", ["profile-update", "profile-update-snippet", "apps-in-a-ring"])
def test_versions_and_cases_are_those_of_the_oracle(name):
    path = ROOT / "tests/programs" / name
    versions, cases = oracle.discover(path)
    program = read_folder(path)
    assert list(program.versions) == versions
    assert list(program.cases) == list(cases)


def test_a_snippet_alone_is_a_program(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("x = 1\n")
    program = read_file(file)
    assert [(job.version, job.case) for job in program.jobs()] == [("buggy", AS_WRITTEN)]


def test_a_snippet_in_a_folder_is_run_as_written(folder):
    (folder / "case_one.py").unlink()
    (folder / "buggy/models.py").rename(folder / "buggy/snippet.py")
    assert "no case" in mistakes(folder)[0]
    (folder / "buggy/snippet.py").write_text("import os\nprint(os)\n")
    assert list(read_folder(folder).cases) == [AS_WRITTEN]


def test_all_mistakes_come_at_once(folder):
    (folder / "project.json").write_text('{"layout": "flat", "colour": 1, "apps": "cardapp"}')
    (folder / "buggy/big.py").write_text("#" * 70_000)
    (folder / "buggy/latin.py").write_bytes(b"ok\n\xff\n")
    (folder / "case_bad-name.py").write_text("")
    (folder / "case_two.py").write_text("\n# intent-result: {nonsense\n")
    (folder / "empty").mkdir()
    found = "\n".join(mistakes(folder))
    for part in (
        "layout is 'flat'", "unknown key 'colour'", "apps is not a list", "big.py: over 64 KiB",
        "latin.py:2: not UTF-8", "case_bad-name.py: not a case's name",
        "case_two.py:2: the result wanted is not JSON", "empty: no code",
    ):  # fmt: skip
        assert part in found


def test_json_that_does_not_parse_says_where(folder):
    (folder / "project.json").write_text('{\n"apps": [}\n')
    assert mistakes(folder)[0].startswith("project.json:2: ")


def test_deep_json_is_a_mistake_like_any_other(folder):
    (folder / "project.json").write_text("[" * 60_000)
    assert "project.json" in mistakes(folder)[0]


def test_a_program_over_its_size_is_refused(folder):
    for number in range(5):
        (folder / f"buggy/part{number}.py").write_text("#" * 60_000)
    assert "expected at most 256 KiB" in mistakes(folder)[0]


def test_no_folder_is_a_mistake(tmp_path):
    assert "no such folder" in mistakes(tmp_path / "nowhere")[0]
