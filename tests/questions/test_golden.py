"""The bank is true here, and real Django in a process of its own says the same."""

import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django
import msgspec
import pytest
from django.conf import settings

from questions import versions
from questions.card_data import release
from questions.card_folder import read_folder
from questions.matrix import figures
from questions.verify import verify
from sandbox import client
from tests import oracle
from tests.sandbox.summary import summary

CARDS = Path(settings.CARDS_DIR)
FOLDERS = sorted(path.parent for path in CARDS.glob("*/card.yaml"))
COMPARED = ("emails", "recipients", "to", "error", "rows", "result", "signals")
SAMPLE = 20
HERE = ".".join(map(str, release(django.get_version())))


@pytest.mark.slow
def test_every_claim_of_every_card_holds_and_is_what_the_matrix_says():
    cards = [read_folder(folder) for folder in FOLDERS]
    matrix = versions.read()
    found = []
    for card, (verdict, _) in zip(cards, verify(cards), strict=True):
        found += [f"{card.slug}: {said}" for said in (*verdict.problems, *verdict.warnings)]
        if not matrix.is_of(card):
            found.append(f"{card.slug}: changed since `manage.py measure_versions` was run")
        elif HERE in matrix.platforms and matrix.cards[card.slug].on(HERE) != figures(verdict):
            found.append(f"{card.slug}: fixtures/measured.json says otherwise")
    assert len(cards) == 48
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_sample_of_cells_is_what_real_django_does(request, capsys):
    seed = request.config.getoption("randomly_seed", None)
    seed = seed if isinstance(seed, int) else random.randrange(2**32)
    cells = [
        (card, version.name, case.name)
        for card in map(read_folder, FOLDERS)
        for version in card.versions
        for case in card.cases
    ]
    sample = random.Random(seed).sample(cells, SAMPLE)
    with capsys.disabled():
        print(f"\n{SAMPLE} of {len(cells)} cells, --randomly-seed={seed}")
    jobs = [card.program().job(version, case) for card, version, case in sample]
    reports = [summary(msgspec.to_builtins(report)) for report in client.run_all(jobs)]
    with ThreadPoolExecutor(2) as pool:
        wanted = list(pool.map(ask_the_oracle, sample))
    differing = [
        f"{card.slug} {version} {case}: {key}: Django {said[key]!r}, the sandbox {here[key]!r}"
        for (card, version, case), said, here in zip(sample, wanted, reports, strict=True)
        for key in COMPARED
        if said[key] != here[key]
    ]
    assert not differing, "\n".join([f"--randomly-seed={seed}", *differing])


def ask_the_oracle(cell):
    card, version, case = cell
    command = [sys.executable, oracle.__file__, "run", str(CARDS / card.slug), version, case]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return oracle.summary(json.loads(done.stdout))


def test_matrix_agrees_with_every_claim_it_was_made_of():
    """Figures of a program as it stands must be the claims, on each Django measured."""
    matrix, wrong = versions.read(), []
    assert list(matrix.platforms) == ["5.2", "6.0", "6.1"]
    for card in map(read_folder, FOLDERS):
        if not matrix.is_of(card):
            continue  # the slow test above says so; an author goes on meanwhile
        for release_ in matrix.platforms:
            found = matrix.cards[card.slug].on(release_)
            for case in card.on(release_).cases:
                for name, claim in case.claims.items():
                    now = found[f"{name}/{case.name}"]
                    if (claim.emails, claim.error) != (now.emails, now.error):
                        wrong.append(f"{card.slug} {name}/{case.name} on {release_}")
    assert not wrong
