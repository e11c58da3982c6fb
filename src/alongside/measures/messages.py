"""Every sentence about a score and a change, for clients and for staff."""

from django.utils.translation import gettext as _

from alongside.rules.measures.loading import Fault
from alongside.rules.measures.score import Change, Verdict, Way


def verdict(change: Change) -> str:
    """What a change is worth, in plain words; never more than its source can carry."""
    words = {
        Verdict.MEANINGFUL: _("a change that counts"),
        Verdict.LIKELY_NOTICED: _("a change one likely notices"),
        Verdict.BEYOND_ERROR: _("more than measurement error"),
        Verdict.SMALL: _("a small change, more than measurement error"),
        Verdict.MEDIUM: _("a medium change, more than measurement error"),
        Verdict.LARGE: _("a large change, more than measurement error"),
        Verdict.WITHIN_ERROR: _("not more than measurement error"),
        Verdict.BELOW_DETECTABLE: _("too small to tell from measurement error"),
        Verdict.NOT_YET: _("not yet a change that counts"),
        Verdict.NONE: _("no change"),
        Verdict.NO_FIGURE: _("no agreed figure says what it is worth"),
        Verdict.NOT_COMPARABLE: _("these two cannot be compared"),
    }
    return words[change.verdict]


def of_change(change: Change) -> str:
    """A change in one sentence."""
    if change.delta is None:
        return verdict(change).capitalize() + "."
    way = {
        Way.BETTER: _("better"),
        Way.WORSE: _("harder"),
        Way.SAME: _("the same"),
        Way.UNKNOWN: _("changed"),
    }[change.way]
    return _("%(way)s by %(delta)s: %(verdict)s.") % {
        "way": way.capitalize(),
        "delta": f"{abs(change.delta):.1f}".rstrip("0").rstrip("."),
        "verdict": verdict(change),
    }


def band(code: str) -> str:
    """A band in words; "" for none."""
    words = {
        "minimal": _("minimal"),
        "mild": _("mild"),
        "moderate": _("moderate"),
        "moderately_severe": _("moderately severe"),
        "severe": _("severe"),
        "positive": _("worth a closer look"),
        "negative": _("nothing to look at now"),
        "at_risk": _("at risk"),
        "not_at_risk": _("not at risk"),
        "below_average": _("below average for age"),
        "not_below_average": _("not below average for age"),
        "low": _("low"),
        "not_low": _("not low"),
        "normal": _("within the usual range"),
        "below_cut": _("below the cut-off"),
        "little": _("little"),
        "mild_to_moderate": _("mild to moderate"),
        "moderate_to_severe": _("moderate to severe"),
        "high": _("high"),
        "lower": _("lower range"),
    }
    return words.get(code, code.replace("_", " "))


def notes(codes: list[str]) -> list[str]:
    """What has to stand beside a score."""
    words = {
        "filled_by_mean": _("Missing answers were filled by the mean of the others."),
        "item_9_not_answered": _("The last question was not answered: ask."),
        "some_not_attempted": _("Some were not attempted or not assessed and count as 1."),
        "some_not_rated": _("Some goals are not rated."),
        "total_only": _("A total that was worked out elsewhere."),
        "fewer_than_three": _("Fewer than three activities: read it with care."),
        "not_validated": _("The figure for change is ours and not validated."),
        "some_not_looked_at": _("Not everything was looked at."),
        "no_table_for_this_age": _("There is no table for this age."),
    }
    return [words[code] for code in codes if code in words]


def why_none(code: str) -> str:
    """Why there is no score."""
    words = {
        "too_many_missing": _("Too many answers are missing for a score."),
        "nothing_answered": _("Nothing was answered."),
        "not_completed": _("The test was not completed."),
        "no_weight": _("All weights are 0, so there is no score."),
    }
    return words.get(code, _("There is no score."))


def needs_help(phone: str) -> list[str]:
    """What somebody reads at once who thinks of hurting themselves."""
    told = _("We have told somebody here. They will talk with you.")
    return _help(told, phone)


def needs_help_unheard(phone: str) -> list[str]:
    """The same while there is no network: nobody may believe to be heard who is not."""
    unheard = _("There is no connection just now, so nobody here has read it yet.")
    return _help(unheard, phone)


def _help(heard: str, phone: str) -> list[str]:
    first = _("Thank you for telling us. You are not alone with this.")
    now = _("If you are in danger now, call the emergency number: 112, 15 or 911.")
    call = _("Or call us: %(phone)s") % {"phone": phone} if phone else ""
    return [line for line in (first, heard, now, call) if line]


def fault(one: Fault) -> str:
    """What is wrong in a file with an instrument's text, and what to do; its item by name."""
    value, _bar, taken = one.more.partition("|")
    words = {
        "not_json": _("This is not a JSON file that can be read."),
        "not_questionnaire": _(
            "This is JSON, but no FHIR Questionnaire: it has to begin with "
            "“resourceType”: “Questionnaire”."
        ),
        "no_title": _("The title is missing."),
        "long_title": _("The title is longer than %(more)s characters."),
        "no_version": _("The version is missing. Give it one in quotes: “1”."),
        "long_version": _("The version is longer than %(more)s characters."),
        "not_words": _("“%(more)s” has to be words in quotes."),
        "long_words": _("“%(more)s” is too long."),
        "language": _("The language “%(more)s” is none that pages have here: “en” or “fr”."),
        "no_items": _("There are no questions in it."),
        "many_items": _("There are more than %(more)s questions in it."),
        "unknown_item": _(
            "Item %(item)s: there is none of this name in the score. The score knows: %(more)s."
        ),
        "missing_item": _("Item %(item)s is missing."),
        "twice": _("Item %(item)s is there twice."),
        "no_text": _("Item %(item)s: the question’s text is missing."),
        "long_text": _("Item %(item)s: a text is longer than %(more)s characters."),
        "type": _(
            "Item %(item)s: the type “%(more)s” cannot be answered here. Use “choice”, "
            "“integer”, “decimal” or “boolean”."
        ),
        "no_options": _("Item %(item)s: a choice needs at least two answers (answerOption)."),
        "many_options": _("Item %(item)s: there are more than %(more)s answers."),
        "option_without_code": _(
            "Item %(item)s, answer %(more)s: the code is missing. It is the "
            "number that is scored, in quotes (valueCoding, code)."
        ),
        "option_without_words": _(
            "Item %(item)s, answer “%(more)s”: its words are missing (display)."
        ),
        "option_not_taken": _("Item %(item)s, answer “%(more)s”: the score takes %(taken)s."),
        "option_twice": _("Item %(item)s: the answer “%(more)s” is there twice."),
        "title_in": _("The title is not translated (%(more)s), but other sentences are."),
        "description_in": _(
            "The introduction is not translated (%(more)s), but other sentences are."
        ),
        "item_in": _("Item %(item)s is not wholly translated (%(more)s), but other sentences are."),
    }
    return words[one.code] % {"item": one.item, "more": value, "taken": taken}
