"""In which order problems are told, and what they are called."""

from pathlib import Path

from summary_tables.model.problem import WHOLE_FILE, Edit, Finding, Place, Problem, Span, reading_order

ONE = Finding(place=Place(3, 1, 5), rule="value", message="no number", fix="write 1")
PATH = Path("/repository/dag_configs/a.yaml")


def test_a_finding_in_a_file() -> None:
    assert str(Problem.of(ONE, PATH)) == "dag_configs/a.yaml:3:1: error[value] no number; fix: write 1"
    whole = Finding(place=WHOLE_FILE, rule="file", message="the file is empty")
    assert str(Problem.of(whole, PATH, file="x/dag_configs/a.yaml")) == (
        "x/dag_configs/a.yaml: error[file] the file is empty"
    )


def test_whoever_asked_says_rule_and_level() -> None:
    found = Problem.of(Finding(place=Place(1, 2), message="a"), PATH, rule="select-star", level="warning")
    assert (found.path, found.headline) == (PATH, "dag_configs/a.yaml:1:2: warning[select-star] a")


def test_by_file_then_from_top_to_bottom() -> None:
    places = [Place(10, 1), Place(2, 9), Place(2, 1, 7), Place(2, 1, 3)]
    findings = [Finding(place=place, rule="value", message="a") for place in places]
    assert [finding.place for finding in sorted(findings, key=reading_order)] == places[::-1]
    other = PATH.with_name("b.yaml")
    problems = [Problem.of(finding, path) for path in (other, PATH) for finding in findings]
    assert [(problem.path, problem.place) for problem in sorted(problems)] == [
        (path, place) for path in (PATH, other) for place in places[::-1]
    ]


def test_the_same_said_twice_is_one_finding_whatever_its_edit() -> None:
    with_edit = Finding(place=ONE.place, rule="value", message="no number", fix="write 1", edit=_EDIT)
    assert {ONE, with_edit} == {ONE}


_EDIT = Edit(start=0, end=5, text="1")


def test_end_of_a_span() -> None:
    span = Span(7, 3)
    assert "SELECT abc FROM t"[span.offset : span.end] == "abc"
