"""Theme and keys: kept in cookies, without JavaScript, and back to where one was."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_theme_is_kept(client):
    response = client.post("/theme/", {"theme": "dark", "next": "/cards/"})
    assert response["Location"] == "/cards/"
    assert 'data-bs-theme="dark"' in client.get("/cards/").content.decode()


def test_the_system_theme_forgets_the_cookie(client):
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": ""})
    assert "data-bs-theme" not in client.get("/cards/").content.decode()


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_a_switch_leads_nowhere_else(client, there):
    assert client.post("/theme/", {"theme": "dark", "next": there})["Location"] == "/"


def test_an_unknown_theme_is_no_theme(client):
    client.post("/theme/", {"theme": '"><script>'})
    assert "script>" not in client.cookies["theme"].value


def test_single_keys_are_switched_off_and_on(client):
    client.post("/keys/switch/", {"keys": "off"})
    assert 'data-keys="off"' in client.get("/keys/").content.decode()
    client.post("/keys/switch/", {"keys": "on"})
    assert 'data-keys="off"' not in client.get("/keys/").content.decode()


def test_a_switch_is_a_post(client):
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize("run_id", ["", "x", "../../x", "0" * 36])
def test_stopping_what_does_not_run_is_nothing(client, run_id):
    assert client.post("/stop/", {"run_id": run_id}).status_code == 204


def test_a_run_that_hangs_ends_when_it_is_stopped():
    import threading
    import uuid

    from questions import runs
    from sandbox.program import Program

    hangs = Program("hangs", {"mine": {"models.py": ""}}, {"c": "import time\ntime.sleep(4.5)\n"})
    found, run_id = runs.Runs(hangs), uuid.uuid4().hex
    done = threading.Event()

    def press() -> None:
        while not done.wait(0.2):
            runs.stop(run_id)

    presser = threading.Thread(target=press)
    presser.start()
    found.run([("mine", "c")], run_id=run_id)
    done.set()
    presser.join()
    assert not found.reports and found.trouble == "It was stopped before it was done."
    again = runs.Runs(hangs)
    again.recall([("mine", "c")])
    assert not again.reports  # it says nothing about the code
