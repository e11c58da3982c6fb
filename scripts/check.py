"""Lint, types, import contracts and translations: all of them, also when the first is red."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "contracts": ["lint-imports"],
    "translations": ["alongside", "translations", "check"],
}


def main() -> int:
    chosen = sys.argv[1:] or list(CHECKS)
    red = []
    for name in chosen:
        print(f"== {name}", flush=True)
        program, *words = CHECKS[name]
        if subprocess.run([str(BIN / program), *words], cwd=ROOT).returncode:
            red.append(name)
    print(f"Red: {', '.join(red)}" if red else f"Green: {', '.join(chosen)}")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
