"""Settings are read from the environment, and a bad one stops the start."""

import subprocess
import sys

import pytest
from django.conf import settings

CODE = "from tutor import settings; print(settings.SECRET_KEY)"


@pytest.fixture
def read(tmp_path):
    """Give a function that loads the settings in a fresh process with these variables."""

    def read(**variables):
        env = {"VAR_DIR": str(tmp_path), **variables}
        return subprocess.run(
            [sys.executable, "-c", CODE], cwd=settings.BASE_DIR, env=env, capture_output=True
        )

    return read


def test_a_local_site_makes_its_own_key_once(read, tmp_path):
    first, second = read(), read()
    assert first.stdout == second.stdout
    assert len(first.stdout) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_what_one_worker_remembers_another_knows(tmp_path):
    env = {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tutor.settings"}

    def worker(code):
        code = f"import django; django.setup(); from django.core.cache import cache; {code}"
        return subprocess.check_output([sys.executable, "-c", code], cwd=settings.BASE_DIR, env=env)

    worker("cache.set('mine', b'report', 60)")
    assert b"report" in worker("print(cache.get('mine'))")
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


def test_a_site_that_others_reach_needs_a_key(read):
    done = read(ALLOWED_HOSTS="signalbox.example")
    assert done.returncode == 1
    assert b"SECRET_KEY must be set" in done.stderr


def test_a_bad_value_stops_the_start(read):
    done = read(DATABASE_URL="nonsense")
    assert done.returncode == 1


@pytest.mark.parametrize("address", ["signalbox.example", "ftp://signalbox.example", "https://x/y"])
def test_the_address_of_the_site_is_checked(read, address):
    done = read(SITE_URL=address)
    assert done.returncode == 1 and b"SITE_URL must be" in done.stderr


def test_the_address_of_the_site_is_taken(read):
    assert read(SITE_URL="https://signalbox.example:8443").returncode == 0
