"""Both measurements of the engine: futures a second beside its peers, and beside an oracle."""

import sys

import futures
import oracle

if __name__ == "__main__":
    sys.exit(futures.main() or oracle.main())
