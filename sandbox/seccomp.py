"""The system call filter of a run: what Django, SQLite and threads need, and nothing else.

An allow-list: any other call answers EPERM, a foreign architecture (32-bit, x32) ends the
process. Built once in the zygote by libseccomp; a child only loads the finished bytes.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterable

# Stands for the run's own process id until a child knows it.
SELF = 0x5E1F5E1F

CLONE_VM, CLONE_SIGHAND, CLONE_THREAD = 0x100, 0x800, 0x10000
CLONE_NEW = 0x7E020080

ALLOWED = {
    "files": """read write readv writev pread64 pwrite64 preadv pwritev lseek open openat close
        close_range fstat stat lstat newfstatat statx access faccessat faccessat2 getdents64
        getcwd readlink readlinkat fsync fdatasync ftruncate truncate fallocate unlink
        unlinkat rename renameat mkdir mkdirat rmdir chdir fchdir dup dup2 dup3 pipe
        pipe2 umask utimensat utime utimes chmod fchmod fchmodat statfs fstatfs fadvise64
        symlink symlinkat sendfile copy_file_range""",
    "memory": "mmap munmap mprotect mremap madvise brk msync mincore membarrier",
    "threads": """futex futex_wait futex_wake futex_waitv set_robust_list set_tid_address rseq
        gettid sched_yield sched_getaffinity exit exit_group restart_syscall""",
    "signals": """rt_sigaction rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigpending
        rt_sigtimedwait sigaltstack pause alarm setitimer getitimer""",
    "time": "clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times",
    "who": """getpid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp
        getpgid getsid uname getrusage sysinfo getcpu getrandom getrlimit setrlimit capget
        getpriority""",
    "waiting": """poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait
        epoll_pwait epoll_pwait2 eventfd eventfd2""",
    "socket pair": "sendto recvfrom shutdown getsockname getpeername getsockopt",
}

# Denied by not being listed above. The tests open one group at a time and see a program
# break out of what it held; nothing else does.
DENIED = {
    "fork": "fork vfork",
    "exec": "execve execveat",
    "sockets": """socket connect bind listen accept accept4 sendmsg recvmsg sendmmsg recvmmsg
        setsockopt""",
    "memfd": "memfd_create memfd_secret",
    "io_uring": "io_uring_setup io_uring_enter io_uring_register",
    "other processes": """ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd
        pidfd_send_signal process_madvise kcmp""",
    "keyrings": "keyctl add_key request_key",
    "kernel": "bpf perf_event_open userfaultfd kexec_load init_module finit_module syslog",
    "namespaces": "unshare setns",
    "mounts": """mount umount2 pivot_root chroot open_tree move_mount fsopen fsmount fsconfig
        mount_setattr""",
    "shared memory": """shmget shmat shmctl shmdt semget semop semctl msgget msgsnd msgrcv
        msgctl mq_open mq_unlink""",
    "identity": """setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid
        setfsgid capset personality""",
    "links": "link linkat mknod mknodat",
    "hidden memory": "mlock mlock2 mlockall remap_file_pages tee splice vmsplice",
    "watching": "inotify_init inotify_init1 fanotify_init signalfd signalfd4",
    "timers": "timer_create timerfd_create",
    "scheduling": "sched_setscheduler sched_setaffinity setpriority ioprio_set",
    "host": "sethostname setdomainname settimeofday clock_settime reboot swapon acct",
    "handles": "name_to_handle_at open_by_handle_at lookup_dcookie",
    "sessions": "setsid setpgid",
    "flock": "flock",  # its locks are seen by other runs, on the libraries they share
    "layers": "seccomp landlock_create_ruleset landlock_restrict_self",
}

# ioctl: is it a terminal, its size, non-blocking, close-on-exec, bytes waiting.
IOCTLS = (0x5401, 0x5413, 0x5421, 0x5451, 0x541B)
# fcntl: duplicate, flags, POSIX and open file locks (SQLite's), a pipe's size but not to set it.
FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
# prctl: a thread's name, and reading no_new_privs.
PRCTLS = (15, 16, 39)


def build(opened: Iterable[str] = ()) -> bytes:
    """Return the filter as BPF bytes; raise OSError or RuntimeError where it cannot be built.

    `opened` names groups of DENIED to allow, or of the rules on arguments to drop: only the
    tests that prove each rule necessary pass any.
    """
    try:
        import pyseccomp as sc
    except (ImportError, RuntimeError, OSError) as error:
        raise RuntimeError(f"libseccomp cannot be loaded: {error}") from None

    opened = frozenset(opened)
    rules = sc.SyscallFilter(sc.ERRNO(errno.EPERM))
    rules.set_attr(sc.Attr.ACT_BADARCH, sc.KILL_PROCESS)
    groups = [*ALLOWED.values(), *(calls for name, calls in DENIED.items() if name in opened)]
    for call in " ".join(groups).split():
        _allow(sc, rules, call)
    if "fork" in opened:
        _allow(sc, rules, "clone")
    else:
        flags = CLONE_VM | CLONE_SIGHAND | CLONE_THREAD
        masked = sc.Arg(0, sc.MASKED_EQ, CLONE_NEW | flags, flags)
        _allow(sc, rules, "clone", masked)
    rules.add_rule(sc.ERRNO(errno.ENOSYS), "clone3")
    _limited(sc, rules, "ioctl", 1, IOCTLS, opened)
    _limited(sc, rules, "prctl", 0, PRCTLS, opened)
    _limited(sc, rules, "fcntl", 1, FCNTLS, opened)
    _limited(sc, rules, "renameat2", 4, (0,), opened)  # with flags it makes device nodes
    _limited(sc, rules, "socketpair", 0, (1,), opened)
    _limited(sc, rules, "prlimit64", 0, (0, SELF), opened)
    for call in ("kill", "tgkill"):
        _limited(sc, rules, call, 0, (SELF,), opened)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def for_process(bpf: bytes, pid: int) -> bytes:
    """Return the filter with the run's own process id filled in."""
    mark = SELF.to_bytes(4, "little")
    if mark not in bpf:
        raise RuntimeError("the filter has no place for the process id")
    return bpf.replace(mark, pid.to_bytes(4, "little"))


def _allow(sc, rules, call: str, *args) -> None:
    number = sc.resolve_syscall(sc.Arch.NATIVE, call)
    if number >= 0:  # a call that this machine or libseccomp does not know stays denied
        rules.add_rule(sc.ALLOW, call, *args)


def _limited(sc, rules, call: str, place: int, values, opened) -> None:
    if call in opened:
        _allow(sc, rules, call)
        return
    for value in values:
        # The kernel reads 32 bits of these arguments; so does the filter.
        _allow(sc, rules, call, sc.Arg(place, sc.MASKED_EQ, 0xFFFFFFFF, value))
