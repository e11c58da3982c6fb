"""A record's looks as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.rules.waits.record import Case

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Cases as arrays: on (n,), rows (n, features), simulated (n, 9), real (n,)."""

    on: NDArray[np.int64]
    rows: Floats
    simulated: Floats
    real: Floats

    @classmethod
    def of(cls, cases: Sequence[Case]) -> "Looks":
        return cls(
            on=np.array([case.on for case in cases], dtype=np.int64),
            rows=np.array([case.row for case in cases]),
            simulated=np.array([case.simulated for case in cases]),
            real=np.array([case.real for case in cases]),
        )

    def where(self, chosen: NDArray[np.bool_]) -> "Looks":
        return Looks(
            on=self.on[chosen],
            rows=self.rows[chosen],
            simulated=self.simulated[chosen],
            real=self.real[chosen],
        )
