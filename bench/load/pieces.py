"""What one piece of page costs: the client's own page, the board, the wall screen.

`make bench` leaves this one to whoever asks: `.venv/bin/python bench/load/pieces.py`.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from http_client import Web
from run import HERE, cpu_of, free_port, serving

CLINICS, VISITS, TIMES = 2, 30, 200


async def cost(port: int, pages: list[tuple[str, str]], cpu) -> float:
    """Ask for these pages' pieces in turn; gives the milliseconds of a processor for one."""
    web = Web(port)
    for path, cookie in pages[:5] * 3:
        answer = await web.ask("GET", path, {"Cookie": cookie, "HX-Request": "true"})
        assert answer.status == 200, (path, answer.status)
    before = cpu()
    for turn in range(TIMES):
        path, cookie = pages[turn % len(pages)]
        await web.ask("GET", path, {"Cookie": cookie, "HX-Request": "true"})
    web.close()
    return 1000 * (cpu() - before) / TIMES


def main() -> None:
    """Make two clinics, serve them in one process, and measure."""
    with tempfile.TemporaryDirectory(prefix="alongside-load-") as name:
        folder = Path(name)
        env = {**os.environ, "ALONGSIDE_DATA": str(folder / "data"), "DATABASE_URL": ""}
        alongside = [sys.executable, "-m", "alongside.site.cli"]
        subprocess.run(
            [*alongside, "migrate", "--data", env["ALONGSIDE_DATA"]], env=env, check=True
        )
        seed = [sys.executable, str(HERE / "seed.py"), str(CLINICS), str(VISITS)]
        made = json.loads(subprocess.run(seed, env=env, check=True, stdout=subprocess.PIPE).stdout)
        clinic = made["clinics"][0]
        sorts = {
            "a client's own page": [(f"/v/{one['token']}/", "") for one in clinic["visits"]],
            "the board": [("/today/", clinic["desk"])],
            "the wall screen": [("/screen/", clinic["screen"])],
        }
        port = free_port()
        serve = [*alongside, "serve", "--data", env["ALONGSIDE_DATA"]]
        with serving(serve, folder, env, port) as server:
            for sort, pages in sorts.items():
                spent = asyncio.run(cost(port, pages, lambda: cpu_of(server)))
                print(f"{sort:24}{spent:6.1f} ms of CPU a piece, when nothing has changed")


if __name__ == "__main__":
    main()
