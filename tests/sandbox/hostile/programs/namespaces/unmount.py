for path in (b"/lib", b"/usr", b"/", b"."):
    if syscall(166, path, 2) == 0:
        breach(f"unmounted {path}")
        break
# control: none: it would unmount the machine's own file systems
