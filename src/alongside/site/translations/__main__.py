"""`python -m alongside.site.translations PO...`: compile catalogues, without loading Django."""

import sys
from pathlib import Path

from .catalogue import compile_one

for named in sys.argv[1:]:
    compile_one(Path(named))
