"""`alongside replay LOG.csv[.gz]`: how good would our told waits have been on this log?"""

import argparse
import csv
import gzip
import json
import sys
import time
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader, RawIOBase, TextIOWrapper
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TextIO, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alongside.rules.cells import as_csv
from alongside.rules.waits.living import Settings
from alongside.rules.waits.log import Log, LogError, read_log
from alongside.rules.waits.replay import Kept, Report, replay
from alongside.rules.waits.scores import Scores

GZIP = b"\x1f\x8b"
COLUMNS = ["visit", *(f"q{level}0" for level in range(1, 10)), "told_low", "told_high", "told_by"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Live a clinic's log through the engine that serves live pages."
    parser.add_argument("log", type=Path, help="a CSV, packed or not, with the columns visit, "
                        "arrived_at, started_at (and booked_at, ended_at, therapist, kind, "
                        "cancelled_at if known)")  # fmt: skip
    parser.add_argument("--learn", type=_share, default=0.7, help="share of the days to learn from")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--predictions", type=Path, help="write what was told at check-in here")
    parser.add_argument("--zone", default="UTC", help="whose wall clock the log's times are")
    parser.add_argument("--seed", type=int, default=1, help="of the day's random numbers")
    parser.add_argument("--futures", type=int, default=1000, help="how many to simulate")
    parser.add_argument("--every", type=int, default=5, help="minutes between looks without event")


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share < 1:
        raise argparse.ArgumentTypeError("must be from 0 to below 1, for instance 0.7")
    return share


def run(args: argparse.Namespace) -> int:
    """0 when the log was told; 1 with one sentence on stderr when it cannot be."""
    try:
        log = _read(args.log, args.zone)
    except (LogError, OSError, EOFError, UnicodeDecodeError, csv.Error) as problem:
        print(f"This log cannot be replayed. {problem}", file=sys.stderr)
        return 1
    except (ZoneInfoNotFoundError, ValueError):
        print(f"There is no time zone {args.zone!r}; try Europe/Paris.", file=sys.stderr)
        return 1
    settings = Settings(learn=args.learn, seed=args.seed, futures=args.futures, every=args.every)
    report = replay(log, settings=settings, clock=time.perf_counter)
    if args.predictions:
        _write(report, args.predictions)
    print(json.dumps(report.to_json(), indent=2) if args.json else _page(report))
    if not args.json:
        print(f"Memory at its most                      {_peak():7.0f} MB")
    return 0


def _peak() -> float:
    """Megabytes that this process has held at most; Linux counts kilobytes, a Mac bytes."""
    most = getrusage(RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1024)


def _read(path: Path, zone: str) -> Log:
    with _open(path) as lines:
        return read_log(lines, zone=ZoneInfo(zone))


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    """The lines of a log, packed or not, in UTF-8 or (as a mark at its beginning says) UTF-16.

    Of what is neither, a letter that cannot be read is kept as its number: it only names somebody.
    """
    with path.open("rb") as raw, _unpacked(raw) as plain:
        wide = plain.peek(2)[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)
        encoding = "utf-16" if wide else "utf-8"
        yield TextIOWrapper(plain, encoding, errors="backslashreplace", newline="")


def _unpacked(raw: BufferedReader) -> BufferedReader:
    if raw.peek(2)[:2] != GZIP:
        return raw
    return BufferedReader(cast(RawIOBase, gzip.GzipFile(fileobj=raw)))


def _write(report: Report, path: Path) -> None:
    path.write_text(as_csv(_told(report)), encoding="utf-8", newline="")


def _told(report: Report) -> Iterator[Sequence[object]]:
    yield COLUMNS
    for told in report.predictions:
        minutes = (f"{value:.2f}" for value in told.quantiles)
        low, high = f"{told.told_low:.0f}", f"{told.told_high:.0f}"
        yield [told.visit, *minutes, low, high, told.told_by]


def _page(report: Report) -> str:
    lines = [
        f"{report.rows} rows.",
        f"Learned from {report.learned} visits on {report.learned_days} days.",
        f"Told {report.told} visits on {report.told_days} days.",
        *_left_out(report),
        "",
    ]
    if report.engine is None or report.kept is None:
        return "\n".join([*lines, "Nothing was told: the log has no day left after learning."])
    heading = ("minutes", "MAE", "RMSE", "pinball", "80 % cover", "width")
    lines.append("{:32}{:>8}{:>8}{:>9}{:>12}{:>8}".format(*heading))
    lines += [_line(name, scores) for name, scores in report.baselines.items()]
    lines += [_line("Alongside", report.engine), "", *_promises(report, report.kept)]
    lines += _parts(report)
    return "\n".join(lines)


def _left_out(report: Report) -> list[str]:
    found = []
    for why, numbers in report.left_out.items():
        known = [str(number) for number in numbers if number]
        where = (
            f" (line {', '.join(known[:5])}{', ...' if len(known) > 5 else ''})" if known else ""
        )
        found.append(
            f"Left out: {len(numbers)} {'row' if len(numbers) == 1 else 'rows'}, {why}{where}."
        )
    return found


def _line(name: str, scores: Scores) -> str:
    return (
        f"{name:32}{scores.mae:8.2f}{scores.rmse:8.2f}{scores.pinball:9.3f}"
        f"{scores.cover:11.1%} {scores.width:8.1f}"
    )


def _promises(report: Report, kept: Kept) -> list[str]:
    months = kept.first_by_in_month
    lines = [
        f"Seen within 10 minutes of arriving      {kept.within_ten_of_arrival:7.1%}",
        f"Seen within 10 minutes of being due     {kept.within_ten_of_due:7.1%}",
        f'First "by" time kept                    {kept.first_by:7.1%}',
        f"    in the worst month                  {min(months.values()):7.1%}",
        f"    in the best month                   {max(months.values()):7.1%}",
        f"Silent overruns                         {report.silent_overruns:7}",
        f"Updates per visit after the first       {report.updates_per_visit:7.2f}",
    ]
    if report.update_ms_p99 is not None:
        lines.append(
            f"One update, p50 and p99                 {report.update_ms_p50:7.2f}"
            f" and {report.update_ms_p99:.2f} ms ({report.updates} updates)"
        )
    return lines


def _parts(report: Report) -> list[str]:
    """Where the 80 % interval covers least and most; parts with fewer than 100 visits left out."""
    if report.covers is None:
        return []
    named = {
        "booked hour": report.covers.by_hour,
        "weekday": report.covers.by_weekday,
        "fifth of the predicted wait": report.covers.by_fifth,
    }
    return [
        f"80 % cover by {name}".ljust(40)
        + f"{min(parts.values()):7.1%} to {max(parts.values()):.1%} ({len(parts)} parts)"
        for name, parts in named.items()
        if parts
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="alongside replay")
    add_arguments(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
