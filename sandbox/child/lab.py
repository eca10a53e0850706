"""The module `lab` that programs may import."""

import importlib.util
import sys
from types import ModuleType


def reimport(modname: str, alias: str) -> ModuleType:
    """Import the file of an already imported module a second time under another name."""
    file = sys.modules[modname].__file__
    assert file is not None  # noqa: S101 - a program's module always has a file
    spec = importlib.util.spec_from_file_location(alias, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"no way to import {file}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[alias] = module
    spec.loader.exec_module(module)
    return module
