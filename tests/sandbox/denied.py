"""Start the fork server on a kernel that refuses one call: python denied.py CALL ERRNO ..."""

import errno
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pyseccomp  # noqa: E402

from sandbox.forkserver import main  # noqa: E402

if __name__ == "__main__":
    call, number = sys.argv[1:3]
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.add_rule(pyseccomp.ERRNO(getattr(errno, number)), call)
    rules.load()
    main(sys.argv[3:])
