"""Where each chain ended, kept away from the machine: by that a cut-off end shows."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from alongside.audit.models import Head
from alongside.clinics.current import working_in
from alongside.clinics.models import Clinic

End = tuple[int, str]


class NotAnAnchor(ValueError):
    """The file at hand does not say where chains ended."""


def ends() -> dict[str, End]:
    """Give where each clinic's chain ends now: the number of the last row, and its digest."""
    found = {}
    for clinic in Clinic.objects.order_by("pk").values_list("pk", flat=True):
        with working_in(clinic):
            for head in Head.objects.all():
                found[clinic.hex] = (head.number, head.digest)
    return found


def text_of(found: Mapping[str, End], *, now: datetime) -> str:
    """Write ends down: no name, no time of a visit, only numbers and digests."""
    heads = {clinic: {"number": n, "digest": digest} for clinic, (n, digest) in found.items()}
    made_at = now.astimezone(UTC).isoformat(timespec="seconds")
    return json.dumps({"made_at": made_at, "heads": heads}, indent=1, sort_keys=True) + "\n"


def read(files: Iterable[Path]) -> dict[UUID, list[End]]:
    """Read what `text_of` wrote, also of many nights; raises NotAnAnchor, naming the file."""
    found: dict[UUID, list[End]] = {}
    for file in files:
        try:
            for clinic, head in json.loads(file.read_text())["heads"].items():
                if head["number"]:
                    end = (int(head["number"]), str(head["digest"]))
                    found.setdefault(UUID(clinic), []).append(end)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise NotAnAnchor(f"{file} does not say where the record ended.") from None
    return found
