"""Ratings of a person's own activities: a mean over them, and a change over those rated twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alongside.rules.measures.answers import BadAnswers, Item, is_missing
from alongside.rules.measures.score import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One activity in the client's words, with its ratings by name; None: not rated."""

    name: str
    ratings: Mapping[str, float | None]


def activities_of(asked: Asked, ratings: Mapping[str, Item], *, main: str) -> tuple[Rated, ...]:
    """The activities of a request.

    "activities": [{"name"?, rating: value, ...}]; or a list of values for each rating; or "answers"
    as a list (or {name: value}) of the main rating alone.
    """
    listed = asked.get("activities")
    if listed is None and isinstance(asked.get("answers"), Mapping | list | tuple):
        listed = _from_answers(asked, ratings, main)
    if listed is None:
        listed = _from_columns(asked, ratings)
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise BadAnswers("shape", '"activities" must be a list.', item="activities")
    found = [_one(one, place, ratings, main) for place, one in enumerate(listed, start=1)]
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise BadAnswers("twice", f"Activity {name} is there twice.", item=name)
    return tuple(found)


def _from_answers(asked: Asked, ratings: Mapping[str, Item], main: str) -> object:
    answers = asked["answers"]
    if isinstance(answers, Mapping):
        if set(answers) & (set(ratings) | {"activities"}):
            return activities_rows(answers, ratings)
        return [{"name": name, main: value} for name, value in answers.items()]
    return list(answers)


def activities_rows(answers: Mapping[str, object], ratings: Mapping[str, Item]) -> object:
    """The rows of answers that name their ratings, or that hold "activities" themselves."""
    return answers.get("activities") or _from_columns(answers, ratings)


def _from_columns(asked: Mapping[str, object], ratings: Mapping[str, Item]) -> list[object]:
    columns: dict[str, Sequence[object]] = {}
    for name in ratings:
        column = asked.get(name)
        if isinstance(column, Sequence) and not isinstance(column, str):
            columns[name] = column
    if not columns:
        raise BadAnswers("no_answers", 'Give "activities", each with ' + ", ".join(ratings) + ".")
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise BadAnswers("shape", "Each rating needs as many values as there are activities.")
    return [
        {name: column[place] for name, column in columns.items()} for place in range(lengths.pop())
    ]


def _one(one: object, place: int, ratings: Mapping[str, Item], main: str) -> Rated:
    if not isinstance(one, Mapping):
        one = {main: one}
    name = str(one.get("id") or one.get("name") or one.get("activity") or place)
    unknown = set(one) - {"id", "name", "activity", "text"} - set(ratings)
    if unknown:
        raise BadAnswers(
            "unknown_item",
            f"Activity {name}: nothing is known of {sorted(unknown)[0]!r}.",
            item=name,
        )
    found = {}
    for key, item in ratings.items():
        try:
            found[key] = item.read(one.get(key))
        except BadAnswers as problem:
            raise BadAnswers(
                problem.code, f"Activity {name}: {problem.message}", item=name
            ) from None
    return Rated(name=name, ratings=found)


def mean_of(rated: Sequence[Rated], rating: str) -> float | None:
    """The mean of one rating over the activities that have it."""
    known = [value for one in rated if (value := one.ratings.get(rating)) is not None]
    return sum(known) / len(known) if known else None


def weighted_mean(rated: Sequence[Rated], rating: str, weight: str) -> float | None:
    """sum(weight x rating) / sum(weight), over activities that have both; None where that is 0."""
    pairs = [
        (float(one.ratings[weight] or 0), float(one.ratings[rating] or 0))
        for one in rated
        if one.ratings.get(weight) is not None and one.ratings.get(rating) is not None
    ]
    heavy = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / heavy if heavy else None


def on_both(
    before: Sequence[Rated], now: Sequence[Rated], rating: str
) -> Iterator[tuple[str, float, float]]:
    """Each activity that was rated both times: name, then, now."""
    then = {one.name: one.ratings.get(rating) for one in before}
    for one in now:
        first, last = then.get(one.name), one.ratings.get(rating)
        if first is not None and last is not None:
            yield one.name, first, last


def is_given(asked: Asked, name: str) -> bool:
    """Whether the request says anything for this."""
    return not is_missing(asked.get(name))
