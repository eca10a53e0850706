"""One word finds a page: the view, its address, its template; the house keeps to its words."""

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

ROOT = Path(settings.BASE_DIR)
APPS = ("questions", "tutor")


def addresses(patterns, namespace=""):
    """Yield app, name and view of every address of ours."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, pattern.namespace or namespace)
        elif namespace in APPS:
            yield namespace, pattern.name, pattern.callback


OURS = list(addresses(get_resolver().url_patterns))


@pytest.mark.parametrize(("app", "name", "view"), OURS, ids=[f"{a}:{n}" for a, n, _ in OURS])
def test_a_view_is_named_like_its_address(app, name, view):
    if view.__module__.startswith("django."):  # Django's own pages about passwords
        assert (ROOT / "templates" / app / f"{name}.html").exists()
        return
    assert view.__name__ == name
    assert view.__module__.startswith(f"{app}.views")


@pytest.mark.parametrize("app", APPS)
def test_every_page_template_has_an_address(app):
    pages = {p.stem for p in (ROOT / "templates" / app).glob("*.html") if p.name[0] != "_"}
    names = {name for space, name, _ in OURS if space == app}
    # A fix is a stage of its card, with the card's address before it.
    assert {page for page in pages if page not in names and f"card_{page}" not in names} == set()


def test_vendored_files_are_what_they_say():
    manifest = json.loads((ROOT / "static" / "vendor" / "VENDOR.json").read_text())
    listed = {entry["file"]: entry["sha256"] for entry in manifest}
    folder = ROOT / "static" / "vendor"
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there - {"VENDOR.json"} == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_nothing_inline_and_nothing_from_elsewhere():
    for path in (ROOT / "templates").rglob("*.html"):
        if path.relative_to(ROOT / "templates").parts[0] == "admin":
            continue
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text), path
        assert not re.search(r"(src|href)=\"https?://", text), path


def test_the_project_needs_nothing_beside_it():
    files = subprocess.run(
        ["git", "grep", "-lE", r"\.\./shared|/shared/(cards|seed|contracts)", "--", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if files.returncode == 128:
        pytest.skip("not a git checkout")
    assert set(files.stdout.split()) <= {"tests/test_house.py"}
