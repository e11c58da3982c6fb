"""Run the benchmarks: every `bench/<name>/run.py`, or the ones that are named."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    there = {path.parent.name: path for path in sorted(ROOT.glob("bench/*/run.py"))}
    names = [word for word in sys.argv[1:] if word in there] or list(there)
    words = [word for word in sys.argv[1:] if word not in there]
    red = []
    for name in names:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, str(there[name]), *words], cwd=ROOT).returncode:
            red.append(name)
    print(f"Red: {', '.join(red)}" if red else f"Ran: {', '.join(names) or 'none is there yet'}")
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
