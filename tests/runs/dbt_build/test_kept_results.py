"""What a try leaves to the next comes back whole."""

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.dbt.run_results import NodeResult
from summary_tables.runs.dbt_build.kept_results import given_back, kept

RESULTS = st.lists(
    st.builds(
        NodeResult,
        unique_id=st.text(min_size=1),
        status=st.sampled_from(["fail", "error", "warn", "skipped"]),
        message=st.text(),
        failures=st.none() | st.integers(0, 10**9),
        rows=st.none() | st.integers(0, 10**9),
        compiled_code=st.text(),
    )
)


@given(RESULTS)
def test_nothing_of_what_failed_is_lost(results: list[NodeResult]) -> None:
    assert given_back(kept(results)) == tuple(results)


def test_of_what_went_well_no_words_are_kept() -> None:
    built = NodeResult(unique_id="model.shop.orders", status="success", rows=300, message="SELECT 300")
    assert given_back(kept([built])) == (NodeResult(unique_id="model.shop.orders", status="success", rows=300),)


@given(st.text() | st.none() | st.integers())
def test_what_is_none_of_it_is_nothing(text: object) -> None:
    assert given_back(text) == ()


def test_a_thousand_models_fit_into_airflows_store() -> None:
    many = [NodeResult(unique_id=f"model.shop.model_{number}", status="success", rows=number) for number in range(1000)]
    assert len(kept(many)) < 20_000
