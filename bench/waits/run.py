"""What the engine is measured by: futures a second, an oracle, moves, a shock."""

import sys

import futures
import moves
import oracle
import shock

if __name__ == "__main__":
    sys.exit(futures.main() or oracle.main() or moves.main() or shock.main())
