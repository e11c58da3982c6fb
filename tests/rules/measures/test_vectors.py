"""Worked examples, each as a request and what has to come of it."""

import json
from typing import Any

import pytest

from alongside.rules.measures import BadAnswers, find
from alongside.rules.measures.wire import answered

N = None
SCORES: list[tuple[str, Any, float | None, dict[str, Any]]] = [
    # Goal Attainment Scaling
    ("gas", [0, 0, 0], 50.00, {}),
    ("gas", [1], 60.00, {}),
    ("gas", [-2], 30.00, {}),
    ("gas", [1, 0, 0], 54.56, {}),
    ("gas", [1, 1, 1], 63.69, {}),
    ("gas", [2, 2, 2], 77.39, {}),
    ("gas", [-1, -1, -2], 31.74, {}),
    ("gas", [-2, -2, -2], 22.61, {}),
    ("gas", {"answers": [1, 0, -1], "weights": [9, 4, 1]}, 57.09, {}),
    ("gas", {"answers": [0, 1, 2, -1], "weights": [6, 3, 2, 1]}, 56.78, {}),
    ("gas", [0, 0, -0.5], 47.72, {}),
    ("gas", {"answers": [1, 1], "weights": [0, 0]}, None, {"why_no_score": "no_weight"}),
    ("gas", [1, None, 0], 56.20, {"n_answered": 2, "n_items": 3}),
    ("gas", {"goals": [{"level": 1, "importance": 3, "difficulty": 3},
                       {"level": 0, "importance": 2, "difficulty": 2},
                       {"level": -1, "importance": 1, "difficulty": 1}]}, 57.09, {}),
    ("gas-light", {"goals": [{"baseline": -1, "said": "partly"}, {"baseline": -1,
                   "said": "as_expected"}, {"baseline": -2, "said": "as_expected"}]}, 47.72, {}),
    # What matters to me
    ("what-matters", {"doing": [3, 5, 2]}, 3.33, {}),
    ("what-matters", {"doing": [7, 6, 6]}, 6.33, {}),
    ("what-matters", {"importance": [10, 5], "doing": [2, 8]}, 5.00, {"doing_weighted": 4.0}),
    ("what-matters", {"scale": "faces", "doing": [4, 2]}, 7.5, {}),
    # Activities 0-10
    ("activities-0-10", [3, 2, 5], 3.33, {}),
    ("psfs", [7, 6, 6], 6.33, {}),
    # Section GG
    ("gg-self-care", ["06"] * 7, 42, {"n_not_attempted": 0}),
    ("gg-self-care", ["06", "05", "04", "03", "03", "02", "02"], 25, {}),
    ("gg-self-care", ["06", "05", "88", "03", "03", "02", "02"], 22, {"n_not_attempted": 1}),
    ("gg-self-care", [6, 5, "-", 3, 3, 2, 2], 22, {"n_not_attempted": 1, "n_not_assessed": 1}),
    ("gg-mobility", ["01"] * 15, 15, {}),
    ("gg-mobility", ["06"] * 10 + ["03"] * 5, 75, {}),
    # PHQ and GAD
    ("phq-9", [2, 1, 3, 2, 1, 0, 1, 1, 0], 11, {"band": "moderate", "alerts": []}),
    ("phq-9", [0] * 8 + [1], 1, {"band": "minimal"}),
    ("phq-9", [2, 1, 3, 2, 1, 0, "–", 1, 0], 11, {"unrounded": 11.25, "n_answered": 8}),
    ("phq-9", [2, 1, 3, 2, 1, N, N, N, 0], None, {"why_no_score": "too_many_missing"}),
    ("gad-7", [2] * 7, 14, {"band": "moderate"}),
    ("gad-7", [2] * 6 + [N], 14, {}),
    ("gad-7", [2] * 5 + [N, N], None, {}),
    ("phq-2", [1, 1], 2, {"band": "negative"}),
    ("phq-2", [2, 1], 3, {"band": "positive"}),
    ("gad-2", [2, N], None, {}),
    # Performance
    ("tug", {"seconds": 12.0}, 12.0, {"band": "at_risk"}),
    ("tug", {"seconds": 11.9}, 11.9, {"band": "not_at_risk"}),
    ("chair-stand", {"stands": 12, "sex": "man", "age": 67}, 12, {"band": "not_below_average"}),
    ("chair-stand", {"stands": 11, "sex": "man", "age": 67}, 11, {"band": "below_average"}),
    ("chair-stand", {"stands": 11, "arms_used": True}, 0, {"band": None}),
    ("grip", {"kg": 24.0, "sex": "man"}, 24.0, {"band": "low"}),
    ("grip", {"trials": [22, 24, 26], "sex": "woman"}, 24.0, {"band": "not_low"}),
    ("nhpt", {"not_completed": True, "pegs": 4}, None, {"pegs": 4}),
    ("balance", [10, 10, 8, 0], 2, {"band": "at_risk"}),
    ("balance", [10, 10, 10, 3], 3, {"band": "not_at_risk"}),
    ("hrqol-4", {"general": 3, "physical": 20, "mental": 15, "activity": 4}, 30, {}),
    ("hrqol-4", {"general": 3, "physical": 2, "mental": N}, None, {}),
    ("functioning", {"d540": 3, "d640": 2, "b152": 8, "e155": {"barrier": 3}, "e310": "+2"}, 8,
     {"n_not_counted": 1, "n_helping": 1}),
    ("home-check", {"stairs-1": True, "floors-2": "no", "kitchen-1": "yes"}, 2, {"n_answered": 3}),
    # Held elsewhere
    ("quickdash", [1, 2, 2, 3, 1, 2, 3, 2, 1, 2, 1], 20.45, {}),
    ("quickdash", [3] * 10 + [N], 50.00, {}),
    ("quickdash", [3] * 9 + [N, N], None, {}),
    ("care", [5, 5, 4, 5, 4, 5, "NA", 5, 4, "–"], 46.25, {}),
    ("care", [5, 5, 4, 5, 4, 5, "NA", 5, "NA", "NA"], None, {}),
    ("short-fes-i", [2, 2, 2, 2, 1, N, N], 13, {"band": "moderate", "unrounded": 12.6}),
    ("whodas-12", [2] * 12, 24, {"percent": 50}),
    ("whodas-12", {"coding": "1-5", "answers": [3] * 12}, 36, {"percent": 50}),
    ("barthel", [10, 5, 5, 10, 10, 10, 10, 15, 15, 10], 100, {"of_20": 20}),
    ("barthel", [5, 0, 5, 5, 10, 10, 5, 10, 10, 5], 65, {"of_20": 13}),
    ("slums", {"total": 25, "schooling": True}, 25, {"band": "mild"}),
    ("slums", {"total": 25, "schooling": False}, 25, {"band": "normal"}),
    ("moca", {"total": 25, "schooling_years": 10}, 26, {"band": "normal"}),
    ("collaborate", [9, 9, 9], 100, {"top": 1}),
    ("collaborate", [9, 9, 8], 96.3, {"top": 0}),
    ("copm", {"performance": [3, 5], "satisfaction": [2, 4]}, 4, {"satisfaction": 3}),
    ("zarit", {"total": 41}, 41, {"band": "moderate_to_severe"}),
    ("mmse", {"total": 23}, 23, {"band": "below_cut"}),
    ("austoms-ot", {"impairment": 2.5, "activity": 3}, 2.5, {"activity": 3}),
    ("eq-5d-5l", {"state": "11221", "vas": 80}, 80, {"state": "11221"}),
]  # fmt: skip
CHANGES: list[tuple[str, Any, float | None, str, str]] = [
    ("gas", {"answers": [1, 0], "baseline": [-1, -1], "weights": [2, 6]}, 14.5556, "meaningful",
     "better"),
    ("gas", {"goals": [{"level": 1, "baseline": -1, "weight": 2},
                       {"level": 0, "baseline": -1, "weight": 6}]}, 14.5556, "meaningful",
     "better"),
    ("what-matters", {"doing": [7, 6, 6], "baseline": {"doing": [3, 5, 2]}}, 3.0, "likely_noticed",
     "better"),
    ("what-matters", {"scale": "faces", "doing": [4],
                      "baseline": {"scale": "numbers", "doing": [3]}}, None, "not_comparable",
     "unknown"),
    ("psfs", {"answers": [7, 6, 6], "baseline": [3, 2, 5]}, 3.0, "large", "better"),
    ("psfs", {"answers": [5, "–", 5], "baseline": [4, 4, 4]}, 1.0, "below_detectable", "better"),
    ("psfs", {"answers": [2, 1, 3], "baseline": [4, 3, 6]}, -2.3333, "medium", "worse"),
    ("phq-9", {"answers": [1] * 5 + [0] * 4, "baseline": [2] * 5 + [0] * 4}, -5, "meaningful",
     "better"),
    ("gad-7", {"answers": [1] * 7, "baseline": [1] * 6 + [0]}, 1, "not_yet", "worse"),
    ("nhpt", {"seconds": 41.5, "population": "stroke", "baseline": {"seconds": 52.0}}, -10.5,
     "within_error", "better"),
    ("nhpt", {"seconds": 20, "population": "ms", "baseline": {"seconds": 25}}, -5, "beyond_error",
     "better"),
    ("nhpt", {"seconds": 20, "baseline": {"seconds": 25}}, -5, "no_agreed_figure", "better"),
    ("box-and-block", {"blocks": 40, "population": "stroke", "baseline": {"blocks": 34}}, 6,
     "beyond_error", "better"),
    ("grip", {"kg": 25.5, "baseline": {"kg": 20}}, 5.5, "likely_noticed", "better"),
    ("barthel", {"total": 75, "baseline": {"total": 65}}, 10, "within_error", "better"),
    ("quickdash", {"total": 30, "baseline": {"total": 45}}, -15, "meaningful", "better"),
    ("austoms-ot", {"activity": 3, "baseline": {"activity": 2.5}}, 0.5, "meaningful", "better"),
    ("phq-9", {"answers": [1] * 9, "language": "fr", "baseline": {"answers": [1] * 9,
               "language": "en"}}, None, "not_comparable", "unknown"),
]  # fmt: skip
REFUSED: list[tuple[str, Any, str]] = [
    ("phq-9", [4] + [0] * 8, "out_of_range"),
    ("phq-9", [0.5] + [0] * 8, "not_an_option"),
    ("phq-9", [True] + [0] * 8, "not_a_number"),
    ("phq-9", [0] * 11, "too_many"),
    ("phq-9", {"answers": {"12": 1}}, "unknown_item"),
    ("phq-9", {"answers": {"1": 1, "q1": 2}}, "twice"),
    ("phq-9", "0", "shape"),
    ("gas", [3], "not_an_option"),
    ("gas", {"answers": [1], "weights": [-1]}, "out_of_range"),
    ("gas", {"answers": [1, 0], "weights": [1]}, "shape"),
    ("gas-light", {"goals": [{"baseline": -2, "said": "worse"}]}, "not_an_option"),
    ("gas-light", {"goals": [{"said": "partly"}]}, "no_baseline"),
    ("psfs", [1, 2, 3, 4, 5, 6], "too_many"),
    ("what-matters", {"doing": [11]}, "out_of_range"),
    ("gg-self-care", ["08"] * 7, "not_an_option"),
    ("barthel", {"total": 63}, "not_an_option"),
    ("barthel", [10, 3, 5, 10, 10, 10, 10, 15, 15, 10], "not_an_option"),
    ("functioning", {"d540": 5}, "not_an_option"),
    ("functioning", {"sad": 1}, "unknown_item"),
    ("functioning", {"d540": "+1"}, "not_an_option"),
    ("nhpt", {"seconds": -3}, "out_of_range"),
    ("nhpt", {"seconds": 30, "hand": "third"}, "not_an_option"),
    ("modified-barthel", {"answers": {"walking": 8, "wheelchair": 3}}, "not_an_option"),
    ("eq-5d-5l", {"state": "11226"}, "not_an_option"),
]


@pytest.mark.parametrize(("name", "body", "score", "more"), SCORES)
def test_a_worked_example_comes_out(
    name: str, body: Any, score: float | None, more: dict[str, Any]
) -> None:
    found = answered(find(name), json.loads(json.dumps(body)))
    assert found["score"] == (None if score is None else pytest.approx(score, abs=0.005))
    for key, value in more.items():
        assert found[key] == value, key


@pytest.mark.parametrize(("name", "body", "delta", "verdict", "way"), CHANGES)
def test_a_change_is_worth_what_its_source_says(
    name: str, body: Any, delta: float | None, verdict: str, way: str
) -> None:
    change = answered(find(name), json.loads(json.dumps(body)))["change"]
    assert change["change"] == (None if delta is None else pytest.approx(delta, abs=0.0001))
    assert (change["verdict"], change["direction"]) == (verdict, way)


@pytest.mark.parametrize(("name", "body", "code"), REFUSED)
def test_what_cannot_be_scored_is_refused_by_name(name: str, body: Any, code: str) -> None:
    with pytest.raises(BadAnswers) as refused:
        answered(find(name), body)
    assert refused.value.code == code
    assert refused.value.message


@pytest.mark.parametrize("answers", [[0] * 8 + [1], [3, 3, 3, N, N, N, 3, 3, 1], [N] * 8 + [2]])
def test_item_nine_alerts_whatever_the_sum(answers: list[int | None]) -> None:
    assert [alert["code"] for alert in answered(find("phq-9"), answers)["alerts"]] == ["self_harm"]


def test_item_nine_left_out_is_no_no() -> None:
    found = answered(find("phq-9"), [1] * 8 + [N])
    assert found["score"] == 9
    assert "item_9_not_answered" in [note["code"] for note in found["notes"]]


def test_a_questionnaire_response_is_read() -> None:
    response = {
        "resourceType": "QuestionnaireResponse",
        "item": [
            {"linkId": str(n), "answer": [{"valueInteger": 1}]} for n in range(1, 8)
        ],
    }  # fmt: skip
    assert answered(find("gad-7"), response)["score"] == 7


def test_set_aside_goals_are_told_with_and_without() -> None:
    goals = [{"level": 1}, {"level": 1}, {"level": -2, "set_aside": True}]
    found = answered(find("gas"), {"goals": goals})
    assert found["score"] == pytest.approx(62.40, abs=0.005)
    assert found["with_set_aside"] == pytest.approx(50.0)
    assert found["n_set_aside"] == 1
