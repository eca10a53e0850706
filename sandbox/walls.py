"""The walls around the zygote: a user, process and mount namespace, and a bare root.

Taken once, before any child. What a child adds is its own; what it starts from is here: a
tree with the libraries, read-only, and nothing else of the host.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from sandbox import linux
from sandbox.confine import OUTER_UIDS, UIDS

OWN = "/job"  # what lies below may be written, by landlock's one rule for every child
FOLDER = OWN + "/run"  # where a child mounts its private folder
ZONES = "/usr/share/zoneinfo"
NAMESPACES = (
    linux.CLONE_NEWNS | linux.CLONE_NEWPID | linux.CLONE_NEWNET | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
)  # fmt: skip


def readable() -> tuple[str, ...]:
    """Return the trees a run may read: the standard library and the packages loaded here."""
    library = sysconfig.get_paths()["stdlib"]
    found = {library}
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if not path or "." in name or path.startswith(library + "/") and not _site(path):
            continue
        file = Path(path)
        found.add(str(file.parent if file.name.startswith("__init__.") else file))
    if os.path.isdir(ZONES):
        found.add(ZONES)
    whole = sorted(path for path in found if os.path.exists(path))
    return tuple(path for path in whole if not _inside(path, whole))


def _site(path: str) -> bool:
    return "/site-packages/" in path or "/dist-packages/" in path


def _inside(path: str, others: list[str]) -> bool:
    # site-packages within the standard library's folder is hidden, so packages there count.
    return not _site(path) and any(path.startswith(other + "/") for other in others)


def enter(new_root: str, trees: tuple[str, ...], map_ids) -> int:
    """Enter the namespaces and the bare root; return a descriptor of the process namespace
    in the process that is its first, and 0 in none other: this forks, and the caller's
    process ends. `map_ids()` asks somebody outside to write the id maps of this process.

    Raise OSError, its text naming the step.
    """
    root = os.geteuid() == 0
    proc = os.open("/proc", os.O_PATH)
    if root:
        # As root, while the host's own folders (a 0700 home, say) can still be passed.
        linux.unshare(linux.CLONE_NEWNS)
        bare_root(new_root, trees)
        linux.unshare(linux.CLONE_NEWUSER)
        map_ids()
        os.setgroups([])
        os.setresgid(0, 0, 0)
        os.setresuid(0, 0, 0)
        linux.unshare(NAMESPACES)
    else:
        linux.unshare(linux.CLONE_NEWUSER | NAMESPACES)
        map_ids()
        bare_root(new_root, trees)
    if os.fork():
        os._exit(0)
    linux.prctl(linux.PR_SET_DUMPABLE, 1)
    pids = os.open("self/ns/pid", os.O_RDONLY, dir_fd=proc)
    os.close(proc)
    return pids


def write_maps(pid: int) -> None:
    """Map, from outside, the ids of the user namespace of `pid`; raise OSError.

    Root gives it a range of ids that nobody owns; another user can give only itself.
    """
    if os.geteuid() == 0:
        maps = {
            "uid_map": f"0 {outer_uids()} {UIDS + 1}",
            "gid_map": f"0 {outer_uids()} {UIDS + 1}",
        }
    else:
        maps = {
            "setgroups": "deny",
            "uid_map": f"0 {os.geteuid()} 1",
            "gid_map": f"0 {os.getegid()} 1",
        }
    for name, text in maps.items():
        with open(f"/proc/{pid}/{name}", "w") as file:
            file.write(text)


def outer_uids() -> int:
    """Return the first of a range of uids that nobody owns, even inside a container."""
    with open("/proc/self/uid_map") as file:
        extents = [tuple(map(int, line.split())) for line in file]
    first, _, count = max(extents, key=lambda extent: extent[2])
    if first <= OUTER_UIDS and first + count > OUTER_UIDS + UIDS:
        return OUTER_UIDS
    if count < 2 * UIDS:
        raise OSError("too few uids are mapped here to give runs their own")
    return first + count - 2 * UIDS


def bare_root(new_root: str, trees: tuple[str, ...]) -> None:
    """Make a root with nothing but `trees`, read-only, and go there; raise OSError."""
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)
    flags = linux.MS_NOSUID | linux.MS_NODEV
    linux.mount("tmpfs", new_root, "tmpfs", flags, "size=1m,nr_inodes=4096,mode=0755")
    for name in (FOLDER, "/old"):
        os.makedirs(new_root + name)
    for tree in trees:
        _bind(tree, new_root + tree)
    for name in ("site-packages", "dist-packages"):
        _hide(f"{new_root}{sysconfig.get_paths()['stdlib']}/{name}", trees, new_root)
    linux.pivot_root(new_root, new_root + "/old")
    os.chdir("/")
    linux.umount("/old")
    os.rmdir("/old")
    linux.mount(None, "/", None, linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | flags)


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "x").close()
    linux.mount(source, target, None, linux.MS_BIND)
    # What the host forbids on the source's mount must be repeated, or the kernel refuses.
    kept = os.statvfs(source).f_flag & (os.ST_NOATIME | os.ST_NODIRATIME | os.ST_RELATIME)
    noexec = os.statvfs(source).f_flag & linux.MS_NOEXEC
    flags = linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV
    atime = {os.ST_NOATIME: 1 << 10, os.ST_NODIRATIME: 1 << 11, os.ST_RELATIME: 1 << 21}
    for bit, flag in atime.items():
        flags |= flag if kept & bit else 0
    linux.mount(None, target, None, flags | noexec)


def _hide(path: str, trees: tuple[str, ...], new_root: str) -> None:
    # The interpreter's own site-packages may hold anything; nothing of it is for programs.
    if not os.path.isdir(path):
        return
    wanted = [tree for tree in trees if (new_root + tree).startswith(path + "/")]
    linux.mount("tmpfs", path, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "size=1m,mode=0755")
    for tree in wanted:
        _bind(tree, new_root + tree)
