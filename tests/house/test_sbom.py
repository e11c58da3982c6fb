"""The list of what the product is made of says what the pins say."""

import json
import re
from pathlib import Path

from scripts import sbom

from tests.house.tree import ROOT

BOM = json.loads(sbom.SBOM.read_text(encoding="utf-8"))
PINNED = re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", sbom.PINS.read_text(), re.MULTILINE)


def test_the_list_is_written_from_the_pins_as_they_are():
    assert sbom.main(["--check"]) == 0, "run `make docs` and commit what it wrote"


def test_it_is_what_cyclonedx_1_6_asks_for():
    assert (BOM["bomFormat"], BOM["specVersion"], BOM["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", BOM["serialNumber"])
    for one in [BOM["metadata"]["component"], *BOM["components"]]:
        assert {"type", "name", "version", "purl", "bom-ref"} <= set(one)
        assert one["purl"].startswith("pkg:")
    refs = [one["bom-ref"] for one in BOM["components"]]
    assert len(refs) == len(set(refs))


def test_every_pin_and_every_foreign_file_is_in_it_with_its_checksum():
    there = {(one["name"], one["version"]): one for one in BOM["components"]}
    assert {(name, number) for name, number in PINNED} <= set(there)
    assert len(there) == len(PINNED) + len(list(sbom.files()))
    assert all(one["hashes"] for one in there.values())


def test_another_pin_is_another_list(tmp_path: Path):
    pins = sbom.PINS.read_text()
    assert sbom.sbom(pins) == sbom.sbom(pins)
    assert sbom.sbom(pins.replace("django==5.2.19", "django==5.2.20")) != sbom.sbom(pins)
    assert "/" + "root" not in sbom.sbom(pins)
    assert str(ROOT) not in sbom.sbom(pins)
