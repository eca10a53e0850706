"""Bytes from a child and from a socket: whatever they are, a report or a refusal comes of them."""

import gc
import json
import random
import resource
import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import wire
from sandbox.judge import Told, clean, judge
from sandbox.limits import limit
from sandbox.program import Job
from sandbox.report import Report

NONCE = bytes(range(16))
JOB = Job("p", "v", "c", {"models.py": ""})


def event(number, **more):
    """Return an event as a child writes it."""
    return {"id": number, "cause": None, "kind": "save", "label": "x", "file": None, "line": None,
            "function": None, "ms": 0.1, **more}  # fmt: skip


TOLD = {
    "error": None,
    "emails": [],
    "emails_sent": 0,
    "recipients": 0,
    "events": [event(1)],
    "queries": 1,
    "rows": {"cardapp.A": 1},
    "result": [1, {"a": "b"}],
    "completed_imports": [],
}
GOOD = json.dumps(TOLD).encode()


def read(data, cuts=()):
    """Feed bytes as they may come; return the payload or the reason why there is none."""
    reader = wire.ReportReader(NONCE)
    edges = [0, *sorted(cuts), len(data)]
    for start, end in zip(edges, edges[1:], strict=False):
        reader.feed(data[start:end])
    try:
        return reader.payload()
    except wire.FrameError as error:
        return str(error)


def report(payload):
    return judge(JOB, wire.Ran(0, "report", "full", payload=payload), "5.2", "3.11")


def test_it_works():
    assert read(wire.report_frame(NONCE, GOOD)) == GOOD
    assert report(GOOD).outcome == "ok"
    assert report(GOOD).rows == {"cardapp.A": 1}


@given(st.lists(st.integers(0, 500), max_size=6))
def test_a_frame_may_come_in_any_pieces(cuts):
    frame = wire.report_frame(NONCE, GOOD)
    assert read(frame, [cut % len(frame) for cut in cuts]) == GOOD


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no report"),
        (b"\0\0", "half a report"),
        (wire.report_frame(NONCE, GOOD)[:-1], "half a report"),
        (wire.report_frame(NONCE, GOOD) + b"x", "more than one report"),
        (wire.report_frame(NONCE, GOOD) * 2, "more than one report"),
        (wire.report_frame(bytes(16), GOOD), "a report without this run's nonce"),
        (struct.pack("!I", 0), "a report of an impossible length"),
        (struct.pack("!I", 2**32 - 1), "a report of an impossible length"),
        (struct.pack("!I", wire.REPORT_CAP + 1) + b"x" * 99, "a report of an impossible length"),
    ],
)
def test_only_one_whole_frame_of_this_run_counts(data, why):
    assert read(data) == why


def changed(**more):
    return json.dumps({**TOLD, **more}).encode()


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"{}",
        b"[" * 200_000,
        b'{"result":' * 50_000,
        changed(result=None)[:-1] + b',"result":' + b"[" * 100 + b"]" * 100 + b"}",
        GOOD.replace(b"0.1", b"NaN"),
        GOOD.replace(b"0.1", b"Infinity"),
        GOOD.replace(b"0.1", b"1e999"),
        GOOD.replace(b'"x"', b'"\\ud800"'),
        GOOD.replace(b'"x"', b'"\xff"'),
        changed(emails_sent=2**200),
        changed(emails_sent=-1),
        changed(emails_sent=3),
        changed(unknown=1),
        changed(events=TOLD["events"] * 2),
        changed(events=[{**TOLD["events"][0], "cause": 7}]),
        changed(events=[{**TOLD["events"][0], "kind": "robbery"}]),
        changed(events=[event(1, cause=1)]),
        changed(events=[event(1, cause=2), event(2, cause=1)], events_cut=True),
        changed(events=[event(2), event(1)]),
        changed(events=[event(1, detail={"registered": 1})]),
        changed(events=[event(1, detail={"registered": []})]),
        changed(events=[event(1, detail={"via": [1]})]),
        changed(events=[event(1, detail={"raised": {}})]),
        changed(events=[event(1, line=2**31)]),
        changed(events=[event(2**31)]),
        changed(recipients=2**31),
        changed(rows={"a": 2**31}),
        changed(rows={"a": -1}),
        changed(error="text"),
    ],
)
def test_a_report_that_is_none_is_a_crash(payload):
    told = report(payload)
    assert told.outcome == "crashed"
    assert told.error.message


def test_a_number_as_long_as_a_book_is_refused():
    assert report(GOOD.replace(b'"emails_sent": 0', b'"emails_sent": ' + b"9" * 100_000)).error


def mutated(chance, frame):
    """Return the frame with a few bytes changed, cut, doubled or invented."""
    data = bytearray(frame)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data) + 1)
        what = chance.randrange(4)
        if what == 0 and place < len(data):
            data[place] = chance.randrange(256)
        elif what == 1:
            del data[place : place + chance.randint(1, 40)]
        elif what == 2:
            data[place:place] = chance.choice([b"[", b"{", b'"', b"\\u", b"NaN", b"9" * 30, b"\0"])
        else:
            data[place:place] = data[: chance.randint(1, 40)]
    return bytes(data)


def fuzz(count):
    chance = random.Random(5197)  # noqa: S311 - the same frames every time
    frame = wire.report_frame(NONCE, GOOD)
    encoder = msgspec.json.Encoder()
    for number in range(count):
        data = (
            chance.randbytes(chance.randint(0, 99)) if number % 7 == 0 else mutated(chance, frame)
        )
        payload = read(data, [chance.randint(0, 99)])
        cause = "report" if isinstance(payload, bytes) else "forged"
        ran = wire.Ran(0, cause, "full", payload=payload if cause == "report" else b"")
        told = judge(JOB, ran, "5.2", "3.11")
        assert told.outcome in ("ok", "error", "crashed", "memory_limit")
        encoder.encode(told)
        # What does not begin as a frame must never be a message to the server either.
        try:
            for body in wire.Frames().feed(data):
                wire.unpack(body)
        except wire.FrameError:
            pass


def test_five_thousand_broken_frames_do_no_harm():
    fuzz(5_000)


@pytest.mark.slow
def test_a_hundred_thousand_broken_frames_do_no_harm():
    fuzz(10_000)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fuzz(100_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024


def test_an_endless_frame_takes_no_memory():
    reader = wire.ReportReader(NONCE)
    reader.feed(struct.pack("!I", wire.REPORT_CAP))
    for _ in range(64):
        reader.feed(b"x" * (1 << 20))
    assert reader.wrong == "more than one report"
    assert len(reader._buffer) <= wire.REPORT_CAP + 5
    with pytest.raises(wire.FrameError):
        wire.Frames(cap=1000).feed(struct.pack("!I", 1001))


@given(st.binary(max_size=300))
def test_output_becomes_plain_text(raw):
    text = clean(raw)
    assert not [c for c in text if (ord(c) < 32 and c not in "\t\n\r") or 127 <= ord(c) < 160]
    text.encode()


def test_every_kind_of_report_can_be_encoded_and_read_again():
    for cause in ("report", "died", "wall", "flood", "stopped", "forged", "refused"):
        ran = wire.Ran(0, cause, "full", payload=GOOD, status=11)
        told = judge(JOB, ran, "5.2", "3.11")
        assert msgspec.json.decode(msgspec.json.encode(told), type=Report) == told


@pytest.mark.parametrize(
    "status, cpu_ms, outcome",
    [
        (9, 3000, "time_limit"),
        (9, 2600, "time_limit"),  # beside other work the kernel counts more than was used
        (9 | 128 << 8, 0, "crashed"),
        (9, 1000, "crashed"),
        (11, 2900, "crashed"),
    ],
)
def test_who_is_ended_by_the_kernel_near_the_limit_had_computed_too_long(status, cpu_ms, outcome):
    told = judge(JOB, wire.Ran(0, "died", "full", status=status, cpu_ms=cpu_ms), "5.2", "3.11")
    assert told.outcome == outcome


def test_a_child_knows_no_key_that_the_parent_measures():
    parents = {"outcome", "wall_ms", "cpu_ms", "peak_rss_mb", "tier", "stdout", "stderr", "digest"}
    assert not parents & set(Told.__struct_fields__)
    assert limit("report") < wire.MESSAGE_CAP
