"""What the engine is measured by: futures a second, beside an oracle, after a shock."""

import sys

import futures
import oracle
import shock

if __name__ == "__main__":
    sys.exit(futures.main() or oracle.main() or shock.main())
