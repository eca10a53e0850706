"""When nothing can run: pages stay up, predictions stay kept, recorded runs say so."""

import re

import pytest

from sandbox import client as sandbox
from tests.questions.bank import FIXED, a_card
from tests.questions.test_card import HTMX, page, predict

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    return a_card()


@pytest.fixture
def down(monkeypatch):
    """Take the sandbox away; this is about its absence, so it cannot be the real one."""

    def stop(error=None):
        def run_all(jobs, **more):
            raise error or sandbox.Unavailable("The sandbox does not answer.")

        monkeypatch.setattr(sandbox, "run_all", run_all)

    return stop


def test_it_works(client, card, down):
    down()
    found = predict(client)
    assert "Nothing can run right now" in found
    assert "The sandbox does not answer." in found
    assert "Your predictions are kept" in found


def test_what_was_predicted_meanwhile_is_measured_later(client, card, down, monkeypatch):
    down()
    predict(client)
    monkeypatch.undo()
    found = client.post("/cards/note-1/run/", follow=True).content.decode()
    assert "You said 1, sure." in found


def test_recorded_runs_are_shown_and_say_when_they_were_measured(client, card, down):
    predict(client)
    down()
    found = client.post("/cards/note-1/run/", headers=HTMX).content.decode()
    assert "Below are runs recorded earlier" in found
    assert "It sent 2." in found
    assert re.search(r"measured at \d\d:\d\d", found)


@pytest.mark.parametrize("at", ["predict", "why", "explain"])
def test_every_stage_is_still_there(client, card, down, at):
    client.post("/cards/note-1/show/")
    down()
    response = client.get(f"/cards/note-1/?at={at}")
    assert response.status_code == 200


def test_the_explanation_is_there_without_a_single_run(client, card, down):
    down()
    found = client.post("/cards/note-1/show/", follow=True).content.decode()
    assert "SECRET explanation" in found and "Buggy and fixed" in found


def test_a_full_queue_is_said_and_nothing_is_lost(client, card, down):
    down(sandbox.Busy("Yours is third."))
    found = predict(client)
    assert "Others are running, too" in found and "Yours is third." in found


def test_a_fix_that_could_not_run_is_kept(client, card, down):
    predict(client)
    down()
    found = client.post("/cards/note-1/fix/", {"file:models.py": FIXED}).content.decode()
    assert "It did not run" in found and "if created" in found
    assert "if created" in page(client, "/cards/note-1/fix/")
