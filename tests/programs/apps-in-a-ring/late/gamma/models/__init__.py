from .c import C  # noqa: F401
