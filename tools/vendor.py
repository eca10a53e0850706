"""Builds static/vendor/editor.js from tools/editor with npm, and writes what is in it.

For developers only: the bundle is committed, so neither the site nor its tests need npm.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tools" / "editor"
VENDOR = ROOT / "static" / "vendor"


def main() -> int:
    """Install the pinned packages in a folder of their own, bundle, strip, describe."""
    if not shutil.which("npm"):
        print("vendor: npm is needed to build the editor, and it is not here.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        for source in SOURCES.iterdir():
            shutil.copy(source, work)
        run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"], work)
        command = ["npx", "esbuild", "editor.js", "--bundle", "--minify", "--format=esm"]
        run([*command, "--target=es2022", "--legal-comments=none", "--outfile=out.js"], work)
        # collectstatic would look for the map that such a comment names.
        code = re.sub(r"(?m)^//# sourceMappingURL=.*$", "", (work / "out.js").read_text())
        packages = [described(path) for path in sorted(work.glob("node_modules/**/package.json"))]
    VENDOR.mkdir(exist_ok=True)
    (VENDOR / "editor.js").write_text(code)
    entry = {
        "file": "editor.js",
        "sha256": hashlib.sha256(code.encode()).hexdigest(),
        "built_by": "tools/vendor.py",
        "holds": [p for p in packages if p and "esbuild" not in p["name"]],
    }
    (VENDOR / "VENDOR.json").write_text(json.dumps([entry], indent=2) + "\n")
    print(f"static/vendor/editor.js: {len(code) / 1024:.0f} KiB")
    return 0


def run(command: list[str], folder: Path) -> None:
    """Run a command, and end with its words if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"vendor: {' '.join(command)}\n{done.stdout}{done.stderr}")


def described(path: Path) -> dict[str, str] | None:
    """Return name, version and licence of a package; None for a file that describes none."""
    package = json.loads(path.read_text())
    if not {"name", "version", "license"} <= package.keys():
        return None
    return {key: package[key] for key in ("name", "version", "license")}


if __name__ == "__main__":
    raise SystemExit(main())
