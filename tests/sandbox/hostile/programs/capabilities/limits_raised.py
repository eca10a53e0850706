# control: none: it needs a right that root does not have in every container
import resource
for name in ("CPU", "AS", "NOFILE", "NPROC", "FSIZE", "STACK", "CORE", "MEMLOCK", "MSGQUEUE"):
    kind = getattr(resource, f"RLIMIT_{name}")
    soft, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:  # unsealed there is nothing above; so come from below
        hard = 1 << 40
        tried(resource.setrlimit, kind, (hard, hard))
    tried(resource.setrlimit, kind, (hard, hard + 1))
    if resource.getrlimit(kind)[1] > hard:
        breach(name)
