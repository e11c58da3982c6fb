"""`alongside measure list` and `alongside measure score NAME < answers.json`: no server needed."""

import argparse
import json
import sys
from typing import Any

from alongside.rules.measures import ALL, BadAnswers, find
from alongside.rules.measures.wire import answered, described


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Outcome measures: what there is, and what answers come to."
    does = parser.add_subparsers(dest="does", metavar="list|score", required=True)
    listed = does.add_parser("list", help="name every measure, with its rights, range and rule")
    listed.add_argument("--json", action="store_true", help="all that is known of each, as JSON")
    score = does.add_parser("score", help="score the JSON on standard input; prints JSON")
    score.add_argument("name", help="a measure's name, as `measure list` gives it")
    score.add_argument("file", nargs="?", help="read this file in the place of standard input")


def run(args: argparse.Namespace) -> int:
    """0 when it was scored (also when the rule says: no score); 2 for what cannot be read."""
    if args.does == "list":
        print(json.dumps([described(one) for one in ALL.values()], indent=2, ensure_ascii=False)
              if args.json else _page())  # fmt: skip
        return 0
    try:
        answer = answered(find(args.name), body_of(args.file))
    except BadAnswers as problem:
        print(json.dumps({"error": error(problem)}, indent=2, ensure_ascii=False))
        print(f"This cannot be scored. {problem.message}", file=sys.stderr)
        return 2
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0


def error(problem: BadAnswers) -> dict[str, Any]:
    return {"code": problem.code, "item": problem.item or None, "message": problem.message}


def body_of(file: str | None) -> object:
    try:
        if file and file != "-":
            with open(file, encoding="utf-8") as lines:  # noqa: PTH123 - "-" is no path
                text = lines.read()
        else:
            text = sys.stdin.read()
        return json.loads(text)
    except OSError as problem:
        raise BadAnswers("no_file", f"{file} cannot be read: {problem.strerror}.") from None
    except (ValueError, RecursionError) as problem:
        raise BadAnswers("not_json", f"This is not JSON: {problem}") from None


def _page() -> str:
    rows = [f"{'name':22}{'range':>12}  {'better':8}{'licence':13}title"]
    for one in ALL.values():
        low, high = ("" if edge is None else f"{edge:g}" for edge in (one.low, one.high))
        rows.append(
            f"{one.name:22}{f'{low} to {high}':>12}  {one.better:8}{one.licence:13}{one.title}"
        )
    return "\n".join(
        [*rows, "", "Formula, missing rule, change figures and sources: measure list --json"]
    )
