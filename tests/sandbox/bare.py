"""Seal children without Django, each with a step left out or a group of calls opened.

The tests' own server: reads variants as JSON on standard input, writes what each one's program
said. Nothing of the site, no setting and no variable, leads here.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox import confine, linux, probes, seccomp, walls  # noqa: E402


def main():
    variants = json.load(sys.stdin)
    filters = {tuple(v["opened"]): seccomp.build(v["opened"]) for v in variants}
    import landlockpy  # noqa: F401 - before the walls

    probes.attack  # noqa: B018 - a run may read what was loaded here
    trees = walls.readable()
    read, write = os.pipe()
    if not os.fork():
        os.close(read)
        with tempfile.TemporaryDirectory() as root:
            serve(variants, filters, trees, root, write)
    os.close(write)
    with open(read) as pipe:
        print(pipe.read())


def serve(variants, filters, trees, root, write):
    asked, answered = os.pipe(), os.pipe()
    pid = os.getpid()
    if not os.fork():  # stays outside and writes the id maps
        os.read(asked[0], 1)
        walls.write_maps(pid)
        os.write(answered[1], b"M")
        os._exit(0)

    def map_ids():
        os.write(asked[1], b"M")
        os.read(answered[0], 1)

    pids = walls.enter(root, trees, map_ids)
    said = [run(v, filters[tuple(v["opened"])], trees, pids, n) for n, v in enumerate(variants)]
    os.write(write, json.dumps(said).encode())
    os._exit(0)


def run(variant, bpf, trees, pids, number):
    texts = [once(variant, bpf, trees, pids, number) for _ in range(variant.get("times", 1))]
    return texts[-1]


def once(variant, bpf, trees, pids, number):
    plan = confine.Plan(
        steps=tuple(step for step in confine.FULL if step not in variant["without"]),
        readable=trees,
        address_space=200 << 20,
        bpf=bpf,
        uids=os.geteuid() == 0 and variant["root"],
    )
    read, write = os.pipe()
    linux.setns(pids, linux.CLONE_NEWPID)
    linux.unshare(linux.CLONE_NEWPID)
    pid = os.fork()
    if not pid:
        null = os.dup(read)
        spare = os.dup(write)
        place = confine.Place(number, walls.FOLDER, (null, spare, spare, null, write))
        out = write if "descriptors" in variant["without"] else 1
        try:
            confine.confine(plan, place)
            scope = {"say": lambda text: os.write(out, text.encode())}
            os.chdir(walls.FOLDER)
            exec(variant["program"], scope)  # noqa: S102 - sealed
        except BaseException as error:
            os.write(out, f"ENDED {type(error).__name__} {error}".encode())
        finally:
            os._exit(0)
    os.close(write)
    with open(read, "rb") as pipe:
        said = pipe.read(1 << 20)
    _, status = os.waitpid(pid, 0)
    return said.decode(errors="replace") + (f" KILLED {status & 127}" if status & 127 else "")


if __name__ == "__main__":
    main()
