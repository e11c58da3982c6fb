"""What the product is made of, as CycloneDX 1.6: written from the pins, never by hand.

The same pins give the same bytes: no clock, no machine. `make docs` writes it; with --check it
tells whether the file is old.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "requirements" / "base.txt"
VENDORED = ROOT / "src" / "alongside" / "ui" / "static" / "ui" / "vendored.toml"
SBOM = ROOT / "docs" / "reference" / "sbom.cdx.json"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def version() -> str:
    """Give our own version."""
    text = (ROOT / "src" / "alongside" / "__init__.py").read_text()
    found = re.search(r'__version__ = "([^"]+)"', text)
    return found[1] if found else "0"


def packages(pins: str) -> Iterator[dict[str, Any]]:
    """Give each pinned package, with the checksums of the files that it may come in."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", pins):
        if found := PIN.match(block):
            name, number = re.sub(r"[-_.]+", "-", found[1]).lower(), found[2]
            purl = f"pkg:pypi/{name}@{number}"
            yield _component(name, number, purl, sorted(HASH.findall(block)))


def files() -> Iterator[dict[str, Any]]:
    """Give each file of somebody else's that is served from our folder."""
    for one in tomllib.loads(VENDORED.read_text(encoding="utf-8"))["file"]:
        purl = f"pkg:generic/{Path(one['path']).name}@{one['version']}"
        yield _component(one["path"], str(one["version"]), purl, [one["sha256"]])


def _component(name: str, number: str, purl: str, digests: list[str]) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": number,
        "purl": purl,
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
    }


def sbom(pins: str) -> str:
    """Write the list."""
    parts = sorted([*packages(pins), *files()], key=lambda one: str(one["bom-ref"]))
    ours = f"pkg:pypi/alongside@{version()}"
    serial = uuid5(NAMESPACE_URL, json.dumps(parts, sort_keys=True) + ours)
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": "alongside",
                "version": version(),
                "purl": ours,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": parts,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def main(words: Sequence[str]) -> int:
    """Write the file, or say whether it is old."""
    text = sbom(PINS.read_text(encoding="utf-8"))
    if "--check" in words:
        return int(SBOM.read_text(encoding="utf-8") != text)
    SBOM.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
