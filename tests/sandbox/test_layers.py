"""Each layer is necessary: without it, a program breaks out; with it, the same one does not.

Where two layers hold the same thing, the other is opened in both, so that this one is seen.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox import confine, seccomp

BARE = Path(__file__).with_name("bare.py")
HELD, BREACH = "held", "BREACH"

# name of the step: a program that breaks out without it; groups to open; how often to run
STEPS = {
    "session": ("import os; say('BREACH' if os.getsid(0) != os.getpid() else 'held')", [], 1),
    "descriptors": (
        "import os; say('BREACH' if os.fstat(0).st_ino != os.fstat(3).st_ino else 'held')",
        [],
        1,
    ),
    "no_others": (
        "import os\n"
        "def there(fd):\n"
        "    try: return bool(os.fstat(fd))\n"
        "    except OSError: return False\n"
        "say('BREACH' if any(map(there, range(5, 60))) else 'held')",
        [],
        1,
    ),
    "mounts": ("", [], 1),
    "network": (
        # The identity of the network a socket is in: two runs must not share one.
        "import os, socket, struct\n"
        "pair = socket.socketpair()\n"
        "say(str(struct.unpack('Q', pair[0].getsockopt(socket.SOL_SOCKET, 71, 8))[0]))",
        [],
        1,
    ),
    "ipc": (
        "import ctypes\n"
        "found = ctypes.CDLL(None).shmget(0x5197, 4096, 0)\n"
        "ctypes.CDLL(None).shmget(0x5197, 4096, 0o1666)\n"
        "say('BREACH' if found >= 0 else 'held')",
        ["shared memory"],
        2,
    ),
    "host_name": (
        "import os; say('held' if os.uname().nodename == 'sandbox' else 'BREACH')",
        [],
        1,
    ),
    "folder": ("open('x', 'w').write('x'); say('held')", [], 1),
    "limits": ("x = bytearray(900 << 20); say('BREACH')", [], 1),
    "user": ("import os; say('held' if os.getuid() == 65534 else 'BREACH')", [], 1),
    "capabilities": (
        "from sandbox import probes; say(probes.capabilities() and 'BREACH' or 'held')",
        [],
        1,
    ),
    "no_new_privs": ("say('held')", [], 1),
    "landlock": (
        "import os\ntry: os.listdir('/'); say('BREACH')\nexcept OSError: say('held')",
        [],
        1,
    ),
    "system_calls": (
        "import os\n"
        "try:\n"
        "    pid = os.fork()\n"
        "    if not pid: os._exit(0)\n"
        "    say('BREACH')\n"
        "except OSError: say('held')",
        [],
        1,
    ),
}

# Calls that end or stop the caller, rather than show that they were let through.
SKIPPED = {"vfork", "fork", "reboot", "setsid"}
# uretprobe and uprobe: x86-64 asks no filter, and ends whoever calls them itself.
PASSED_BY = {335, 336} if os.uname().machine == "x86_64" else set()
KNOCK = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
answers = {}
for name, number in CALLS.items():
    ctypes.set_errno(0)
    done = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
    if not (done == -1 and ctypes.get_errno() == errno.EPERM):
        say('BREACH ' + name + ' ')
say('done')
"""
LIMITED = {
    "ioctl": "import fcntl\nprobe = lambda: fcntl.ioctl(1, 0x5452, b'\\0' * 4)",  # FIOASYNC
    "prctl": "import ctypes\nprobe = lambda: linux.prctl(7)",
    "fcntl": "import fcntl\nprobe = lambda: fcntl.fcntl(1, 1031, 4096)",
    "renameat2": "probe = lambda: call(RENAMEAT2, -100, b'a', -100, b'b', 4)",
    "socketpair": "import socket\nprobe = lambda: socket.socketpair(16)",
    "prlimit64": "import resource\nprobe = lambda: resource.prlimit(77, resource.RLIMIT_CPU)",
    "kill": "import os\nprobe = lambda: os.kill(-1, 0)",
    "tgkill": "probe = lambda: call(TGKILL, 77, 77, 0)",
}
TRY = """
import errno
from sandbox import linux
def call(number, *values):
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(ctypes.c_long(number), *values) < 0:
        raise OSError(ctypes.get_errno(), str(number))
PROBE
try:
    probe()
    say('BREACH')
except OSError as error:
    say('held' if error.errno == errno.EPERM else 'BREACH')
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")


def seal(*variants):
    """Run each program sealed as its variant says; return what each said."""
    body = [{"without": [], "opened": [], "times": 1, "root": True, **v} for v in variants]
    command = [sys.executable, "-P", str(BARE)]
    done = subprocess.run(command, input=json.dumps(body), capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.strip(), done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def said():
    """What every step's program says with the step, and without it."""
    variants = []
    for step, (program, opened, times) in STEPS.items():
        common = {"program": program or "say('held')", "opened": opened, "times": times}
        variants += [common, {**common, "without": [step]}]
    texts = seal(*variants)
    return {step: texts[2 * n : 2 * n + 2] for n, step in enumerate(STEPS)}


def test_every_step_has_its_program():
    # A change of uid is seen from outside; the parent's death matters in the lower tier alone.
    assert set(confine.FULL) - {"uid", "parent"} == set(STEPS)


@pytest.mark.parametrize("step", [s for s in STEPS if s not in ("mounts", "network")])
def test_without_a_step_a_program_turns_red(step, said):
    whole, without = said[step]
    assert whole == HELD or (step == "limits" and "MemoryError" in whole)
    # Some steps are what a later one stands on: then nothing runs, or nothing can be said.
    assert without != whole and (BREACH in without or "ENDED" in without or not without)


def test_without_a_mount_namespace_runs_would_leave_mounts_to_each_other():
    program = "say('held')"
    looking = {"program": program, "without": ["mounts", "folder"]}
    assert seal({"program": program}, looking)[1] == HELD
    # A run that mounts in the zygote's namespace: the next one meets that private folder.
    left = seal({"program": program, "without": ["mounts"]}, looking)[1]
    assert "PermissionError" in left and "/job" in left


def test_each_run_has_a_network_of_its_own():
    program = STEPS["network"][0]
    own = seal({"program": program}, {"program": program})
    shared = seal(*[{"program": program, "without": ["network"]}] * 2)
    assert own[0] != own[1]
    assert shared[0] == shared[1]


@pytest.mark.skipif(os.geteuid() != 0, reason="another uid needs root")
def test_a_run_has_a_uid_of_its_own():
    # Seen without the user namespace that hides it from the run itself.
    program = "import os; say(str(os.getuid()))"
    common = {"program": program, "without": ["user"]}
    assert len(set(seal(common, common))) == 2
    assert seal({**common, "root": False}) == ["0"]


def numbers(group):
    import pyseccomp

    names = [n for n in seccomp.DENIED[group].split() if n not in SKIPPED]
    found = {n: pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, n) for n in names}
    return {name: number for name, number in found.items() if number >= 0}


def test_every_denied_call_is_denied_and_every_group_is_needed():
    groups = [group for group in seccomp.DENIED if numbers(group)]
    programs = {g: f"CALLS = {numbers(g)!r}\n{KNOCK}" for g in groups}
    closed = seal(*[{"program": programs[g]} for g in groups])
    opened = seal(*[{"program": programs[g], "opened": [g]} for g in groups])
    assert dict(zip(groups, closed, strict=True)) == dict.fromkeys(groups, "done")
    unneeded = [g for g, text in zip(groups, opened, strict=True) if BREACH not in text]
    assert unneeded == []


def test_whatever_is_not_allowed_is_denied():
    """Not only what has a name: calls that this libseccomp, or no kernel yet, knows."""
    import pyseccomp

    names = " ".join(seccomp.ALLOWED.values()).split() + [*LIMITED, "clone", "clone3"]
    allowed = {pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in names}
    allowed |= PASSED_BY
    calls = {str(number): number for number in range(1024) if number not in allowed}
    assert len(calls) > 800
    assert seal({"program": f"CALLS = {calls!r}\n{KNOCK}"}) == ["done"]


def test_every_rule_on_an_argument_is_needed():
    import pyseccomp

    programs = {name: TRY.replace("PROBE", probe) for name, probe in LIMITED.items()}
    for name in ("renameat2", "tgkill"):
        number = str(pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name))
        programs[name] = programs[name].replace(name.upper(), number)
    closed = seal(*[{"program": text} for text in programs.values()])
    # Landlock stands behind signals to others, and a namespace behind that: there is nobody.
    opened = seal(*[{"program": text, "opened": [name]} for name, text in programs.items()])
    assert dict(zip(programs, closed, strict=True)) == dict.fromkeys(programs, HELD)
    assert dict(zip(programs, opened, strict=True)) == dict.fromkeys(programs, BREACH)


def test_no_call_is_both_allowed_and_denied():
    allowed = set(" ".join(seccomp.ALLOWED.values()).split())
    denied = set(" ".join(seccomp.DENIED.values()).split())
    assert not allowed & denied


@pytest.mark.parametrize("lost", ["landlock", "system_calls"])
def test_files_processes_and_network_are_held_by_two_layers(lost):
    """Take either away: what matters is still held by the other."""
    program = (
        "import socket\n"
        "reached = []\n"
        "for name in ('/etc/passwd', '/proc/self/environ', '/root'):\n"
        "    try: open(name); reached.append(name)\n"
        "    except OSError: pass\n"
        "try:\n"
        "    sock = socket.socket(); sock.settimeout(1)\n"
        "    sock.connect(('127.0.0.1', 22)); reached.append('net')\n"
        "except OSError: pass\n"
        "import os\n"
        "for pid in range(2, 400):\n"
        "    try: os.kill(pid, 0); reached.append(pid)\n"
        "    except OSError: pass\n"
        "say(repr(reached))"
    )
    assert seal({"program": program, "without": [lost]}) == ["[]"]
