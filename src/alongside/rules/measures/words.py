"""What the codes of a score mean, in plain English; pages say it in the reader's language."""

from alongside.rules.measures.score import Change, Score, Verdict, Way

VERDICTS: dict[Verdict, str] = {
    Verdict.MEANINGFUL: "a change that counts",
    Verdict.LIKELY_NOTICED: "likely noticed",
    Verdict.BEYOND_ERROR: "more than measurement error",
    Verdict.SMALL: "a small change, more than measurement error",
    Verdict.MEDIUM: "a medium change, more than measurement error",
    Verdict.LARGE: "a large change, more than measurement error",
    Verdict.WITHIN_ERROR: "change not beyond measurement error",
    Verdict.BELOW_DETECTABLE: "below what can be told from measurement error",
    Verdict.NOT_YET: "not yet a change that counts",
    Verdict.NONE: "no change",
    Verdict.NO_FIGURE: "no agreed figure says what such a change is worth",
    Verdict.NOT_COMPARABLE: "these two cannot be compared",
}
WAYS: dict[Way, str] = {
    Way.BETTER: "better",
    Way.WORSE: "worse",
    Way.SAME: "the same",
    Way.UNKNOWN: "",
}
ALERTS = {
    "self_harm": "The answer about being better off dead or hurting oneself is not “not at all”: "
    "talk with this person now.",
}
WHY_NONE = {
    "too_many_missing": "Too many answers are missing for a score.",
    "nothing_answered": "Nothing was answered.",
    "not_completed": "The test was not completed.",
    "no_weight": "All weights are 0, so there is no score.",
}
NOTES = {
    "filled_by_mean": "Missing answers were filled by the mean of the others.",
    "item_9_not_answered": "Item 9 was not answered: ask.",
    "some_not_attempted": "Some items were not attempted or not assessed and count as 1.",
    "some_not_rated": "Some goals are not rated.",
    "t_is_for_staff": "The T-score is for staff; a client sees the ladder in words.",
    "total_only": "A total that was worked out elsewhere.",
    "fewer_than_three": "Fewer than three activities: read it with care.",
    "not_validated": "The figure for change is ours and not validated.",
    "some_not_looked_at": "Some hazards were not looked at.",
    "no_table_for_this_age": "There is no table for this age.",
    "no_score": "There is no score on one side.",
    "no_goal_on_both": "No goal was rated on both sides.",
    "no_activity_on_both": "No activity was rated on both sides.",
}


def sentence(score: Score) -> str:
    """A score in one sentence."""
    if score.shown is None:
        return WHY_NONE.get(score.why_none, "There is no score.")
    band = f", {score.band.replace('_', ' ')}" if score.band else ""
    return f"{score.shown:g}{band} ({score.answered} of {score.of} answered)."


def of_change(change: Change) -> str:
    """A change in one sentence."""
    if change.delta is None:
        why = NOTES.get(change.notes[0], "") if change.notes else ""
        return f"{VERDICTS[change.verdict].capitalize()}. {why}".strip()
    way = f" ({WAYS[change.way]})" if WAYS[change.way] else ""
    return f"{change.delta:+.2f}{way}: {VERDICTS[change.verdict]}."
