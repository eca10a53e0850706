"""A small card on disk, to be changed and broken."""

import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the folder of a small, complete card."""
    return Path(shutil.copytree(DATA / "late-email", tmp_path / "cards" / "late-email"))


@pytest.fixture
def change(folder):
    """Return change(file, old, new): replace text in a file of the card; `old` must be there."""

    def change(file, old, new):
        path = folder / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return change
