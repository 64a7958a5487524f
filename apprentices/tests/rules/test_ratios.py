import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.rules.ratios import Ratio, allowed_apprentices, assess_ratio, parse_ratio, ratio_findings


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("1:1", Ratio(1, 1)),
        (" 1 : 2 ", Ratio(1, 2)),
        ("2 to 3", Ratio(2, 3)),
        ("1/4", Ratio(1, 4)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_ratio_is_apprentices_to_journeyworkers(text, ratio):
    assert parse_ratio(text) == ratio


@pytest.mark.parametrize("text", ["1", "1:0", "0:1", "one to one", "1:1:1", "1:2 for the first", "-1:2", "٣:1"])
def test_anything_else_is_no_ratio(text):
    with pytest.raises(ValueError, match="is no ratio"):
        parse_ratio(text)


@pytest.mark.parametrize(
    ("ratio", "journeyworkers", "allowed"),
    [
        (Ratio(1, 1), 0, 0),
        (Ratio(1, 1), 5, 5),
        (Ratio(1, 2), 3, 1),
        (Ratio(1, 2), 4, 2),
        (Ratio(3, 2), 3, 3),
    ],
)
def test_only_whole_multiples_of_the_ratio_allow_apprentices(ratio, journeyworkers, allowed):
    assert allowed_apprentices(ratio, journeyworkers) == allowed


def test_as_many_as_allowed_is_no_breach():
    answer = assess_ratio(Ratio(1, 2), apprentices=2, journeyworkers=4)
    assert answer.met
    assert ratio_findings(answer) == ()


def test_a_breach_says_by_how_many():
    answer = assess_ratio(Ratio(1, 2), apprentices=3, journeyworkers=4)
    assert (answer.allowed, answer.over, answer.met) == (2, 1, False)
    (finding,) = ratio_findings(answer)
    assert finding.message == "3 apprentices beside 4 journeyworkers; the ratio allows 2."
    assert not finding.refuses


@pytest.mark.parametrize(("ratio", "journeyworkers"), [(None, 3), (Ratio(1, 1), None)])
def test_without_a_ratio_or_a_count_nothing_is_breached(ratio, journeyworkers):
    answer = assess_ratio(ratio, apprentices=9, journeyworkers=journeyworkers)
    assert answer.allowed is None
    assert answer.met


@given(st.integers(1, 20), st.integers(1, 20), st.integers(0, 500))
def test_what_is_allowed_never_exceeds_the_ratio(apprentices, per, journeyworkers):
    allowed = allowed_apprentices(Ratio(apprentices, per), journeyworkers)
    assert allowed * per <= journeyworkers * apprentices < allowed * per + per * apprentices
