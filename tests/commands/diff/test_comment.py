"""What stands above the tables: the count, the warnings and notes, and which tables count as affected."""

from datetime import UTC, datetime
from pathlib import Path

from summary_tables.commands.diff.comment import MARKER, preview
from summary_tables.commands.diff.preview import Preview
from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.engine import lint
from tests.commands.diff.config_folders import folder_of, table

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def found(place: Path, before: dict[str, str], after: dict[str, str]) -> Preview:
    folder = _folder(place / "after", after)
    return Preview(before=_folder(place / "before", before), after=folder, lint=lint([folder.path]), now=NOW)


def _folder(place: Path, files: dict[str, str]) -> ConfigFolder:
    return folder_of(place, **files)


def head(place: Path, before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The parts before the first section and the graph."""
    texts = [str(part).partition("\n\n<details>")[0] for part in preview(found(place, before, after))]
    return [text for text in texts if not text.startswith(("### ", "```mermaid"))]


def test_no_change(tmp_path: Path) -> None:
    files = {"a": table("a"), "wrong": "]", "defaults": "owner: data\n"}
    (tmp_path / "clean").mkdir()
    assert head(tmp_path / "clean", {"a": table("a")}, {"a": table("a")}) == [f"{MARKER}\nNo summary table changes."]
    (title, lint_words) = head(tmp_path, files, files)
    assert title == f"{MARKER}\n## Summary tables: no table changes; lint: 1 error"
    assert lint_words.startswith("**Lint** found 1 error:\n\n- error, `dag_configs/wrong.yaml:1:1`: ")


def test_what_lint_says_of_files_that_do_not_change_is_left_out_unless_it_is_an_error(tmp_path: Path) -> None:
    noisy = table("noisy", "SELECT ROUND(1.5) FROM raw_data.t")
    shown = head(tmp_path, {"noisy": noisy, "a": table("a")}, {"noisy": noisy, "a": table("a", more="retries: 3\n")})
    assert shown == [f"{MARKER}\n## Summary tables: 1 changed", "**Lint** has nothing to say."]


def test_renamed_table_whose_old_name_is_read(tmp_path: Path) -> None:
    readers = {name: table(name, "SELECT one FROM analytics.old") for name in ("x", "y")}
    assert head(tmp_path, {**readers, "old": table("old")}, {**readers, "new": table("new")}) == [
        f"{MARKER}\n## Summary tables: 1 renamed, 2 affected",
        "**Lint** has nothing to say.",
        "**Before this is merged:**\n\n"
        "- `analytics.old` is built no longer, and `analytics.x`, `analytics.y` still read it",
    ]


def test_table_that_moves_to_another_schema_loses_no_column_of_its_readers(tmp_path: Path) -> None:
    before, after = table("a", "SELECT 1 AS one, 2 AS two"), table("a").replace("analytics", "marts")
    assert head(tmp_path, {"a": before}, {"a": after}) == [
        f"{MARKER}\n## Summary tables: 1 changed",
        "**Lint** has nothing to say.",
    ]


def test_files_that_could_not_be_read(tmp_path: Path) -> None:
    shown = head(
        tmp_path,
        {"mended": "]", "gone": "]", "worded": table("worded")},
        {"mended": table("mended"), "worded": "# new\n" + table("worded")},
    )
    assert shown[2:] == [
        "Could not be read before, and so shown as added: `mended.yaml`.",
        "Deleted, and could not be read before: `gone.yaml`.",
        "Only comments or layout change: `worded.yaml`.",
    ]


def test_broken_defaults(tmp_path: Path) -> None:
    shown = head(
        tmp_path,
        {"a": table("a"), "defaults": "owner: growth\n"},
        {"a": table("a", more="retries: 2\n"), "defaults": "]"},
    )
    assert shown[0] == f"{MARKER}\n## Summary tables: 1 changed; lint: 1 error"
    assert shown[2] == (
        "Something in `defaults.yaml` is wrong: tables that need it would not be run. Below, tables are shown with the "
        "values that it had."
    )


def test_defaults_of_the_deployment_touch_all(tmp_path: Path) -> None:
    files = {"a": table("a"), "b": table("b", more="owner: me\n")}
    parts = preview(
        found(
            tmp_path,
            {**files, "defaults": "slack: {mention: <!here>}\nconn_id: x\n"},
            {**files, "defaults": "slack: {mention: <!channel>}\nconn_id: y\nowner: you\n"},
        )
    )
    assert str(parts[-1]) == (
        "### Changed: `defaults.yaml`\n\n"
        "- `conn_id`: `x` → `y`, for `analytics.a` and `analytics.b`\n"
        "- `owner`: left out, so `data` → `you`, for `analytics.a`\n"
        "- `slack: mention`: `<!here>` → `<!channel>`, for all tables"
    )


def test_default_that_moves_tables_is_counted_and_followed(tmp_path: Path) -> None:
    files = {
        "a": table("a"),
        "own": table("own", more='schedule: "0 5 * * *"\n'),
        "reader": table("reader", "SELECT one FROM analytics.a", more="schedule: {after: [analytics.a]}\n"),
    }
    before = {**files, "defaults": 'schedule: "@daily"\nretries: 3\n'}
    moved = found(tmp_path, before, {**files, "new": table("new"), "defaults": 'schedule: "0 3 * * *"\n'})
    texts = [str(part).partition("\n\n<details>")[0] for part in preview(moved)]
    assert texts[0] == f"{MARKER}\n## Summary tables: 1 added, 3 changed by defaults.yaml, 1 affected"
    assert texts[3].splitlines()[1:5] == [
        "",
        "- `retries`: `3` → left out, so `1`, "
        "for `analytics.a`, `analytics.new`, `analytics.own` and `analytics.reader`",
        "- `schedule`: `@daily` (every day at 00:00 UTC) → `0 3 * * *` (every day at 03:00 UTC), "
        "for `analytics.a` and `analytics.new`",
    ]
    assert '"analytics.a<br/>changed"' in texts[2]
    assert texts[-1].endswith(
        "- `analytics.reader` of `data`, built as soon as `analytics.a` is published, reads `analytics.a`"
    )


def test_default_that_moves_tables_that_grow_says_what_becomes_of_their_intervals(tmp_path: Path) -> None:
    sql = "SELECT at FROM raw_data.a WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
    files = {
        **{name: table(name, sql, "refresh: append\n") for name in ("a", "b")},
        "anew": table("anew"),
        "open": table("open", sql.replace("data_interval_start", "logical_date"), "refresh: append\n"),
        "own": table("own", sql, 'schedule: "0 5 * * *"\nrefresh: append\n'),
    }
    before = {**files, "defaults": 'schedule: "@daily"\n'}
    parts = preview(found(tmp_path, before, {**files, "defaults": 'schedule: "0 3 * * *"\n'}))
    (section,) = [str(part) for part in parts if part.name == "`defaults.yaml`"]
    meeting = (
        "the first run of the new schedule may begin inside of the last one of the old, or leave out a time behind it. "
    )
    told = (
        "Where a time is left out, the run's log, Slack and `summary-tables versions` name it, with the run that "
        "adds it"
    )
    assert section.splitlines()[3:] == [
        f"- **⚠ Intervals** of `analytics.a` and `analytics.b`: {meeting}What both cover is added once. {told}",
        f"- **⚠ Intervals** of `analytics.open`: {meeting}The query does not use `data_interval_start`: a run whose "
        f"interval has rows in the table already is refused, and says so. {told}",
    ]


def test_another_zone_says_what_it_means_and_what_becomes_of_tables_that_grow(tmp_path: Path) -> None:
    sql = "SELECT at FROM raw_data.a WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
    schedule = 'schedule: "0 6 * * *"\n'
    files = {
        "a": table("a", sql, "refresh: append\n"),
        "anew": table("anew"),
        "own": table("own", sql, f"{schedule}timezone: UTC\nrefresh: append\n"),
    }
    before = {**files, "defaults": schedule}
    own = table("own", sql, f"{schedule}timezone: Asia/Seoul\nrefresh: append\n")
    moved = {**files, "own": own, "defaults": f"{schedule}timezone: Asia/Seoul\n"}
    parts = preview(found(tmp_path, before, moved))
    intervals = (
        "the runs of the new zone cover other hours than those of the old one. What both cover is added once where the "
        "query tells it by `data_interval_start`; where rows are of whole days, runs are refused, and say so. To build "
        'all of them anew with this query, start a run with the configuration `{"full_refresh": true}`'
    )
    (section,) = [str(part) for part in parts if part.name == "`defaults.yaml`"]
    assert section.splitlines()[2:] == [
        "- `timezone`: left out, so `UTC` → `Asia/Seoul`, for `analytics.a` and `analytics.anew`",
        f"- **⚠ Intervals** of `analytics.a`: {intervals}",
    ]
    (section,) = [str(part) for part in parts if "analytics.own" in str(part) and "**Built**" in str(part)]
    assert section.splitlines()[2:5] == [
        "- **Built** every day at 06:00 UTC → every day at 06:00 Asia/Seoul; next Mon 2026-11-23 06:00, "
        "Tue 2026-11-24 06:00, Wed 2026-11-25 06:00 Asia/Seoul",
        "- **⚠ Time zone** `UTC` → `Asia/Seoul`: the schedule is read by its clocks, `{{ ds }}` and the other dates "
        "mean its days, and a time without a zone in the query is one of its clocks",
        f"- **⚠ Intervals**: {intervals}",
    ]


def test_many_tables_begin_with_the_order_in_which_they_are_built(tmp_path: Path) -> None:
    def files(schedule: str) -> dict[str, str]:
        chain = {f"t{number}": f"SELECT one FROM analytics.t{number + 1}" for number in range(1, 5)}
        more = f'schedule: "{schedule}"\n'
        return {name: table(name, sql, more) for name, sql in {**chain, "t5": "SELECT 1 AS one"}.items()}

    texts = [
        str(part).partition("\n\n<details>")[0]
        for part in preview(found(tmp_path, files("@daily"), files("0 3 * * *")))
    ]
    assert texts[2] == (
        "**In the order in which they are built**, each behind those that it reads:\n\n"
        + "\n".join(
            f"{place}. `analytics.t{6 - place}`: changed, built every day at 00:00 UTC → every day at 03:00 UTC"
            for place in range(1, 6)
        )
    )


def test_change_that_no_reader_notices_affects_nobody(tmp_path: Path) -> None:
    reader = table("reader", "SELECT one FROM analytics.a")
    before = {"a": table("a"), "reader": reader}
    (tmp_path / "rows").mkdir()
    assert found(tmp_path, before, {**before, "a": table("a", more="retries: 3\n")}).affected == ()
    assert found(tmp_path / "rows", before, {**before, "a": table("a", "SELECT 2 AS one")}).affected == (
        "analytics.reader",
    )


def test_who_waits_for_a_table_that_goes_is_not_sent_to_one_that_is_spelt_like_it(tmp_path: Path) -> None:
    waits = table("waits", more="schedule: {after: [analytics.sales_day]}\n")
    before = {"waits": waits, "sales_days": table("sales_days"), "sales_day": table("sales_day")}
    after = {name: text for name, text in before.items() if name != "sales_day"}
    _, lint_words, *_ = head(tmp_path, before, after)
    assert lint_words.splitlines()[2] == (
        "- error, `dag_configs/waits.yaml:5:20`: `after` names analytics.sales&#95;day, whose file "
        "dag&#95;configs/sales&#95;day.yaml is removed here, so this table would never start. "
        "Fix: keep that file, or give this table another `schedule` (`after`)"
    )


def test_many_new_tables_begin_with_the_waves_of_their_first_builds(tmp_path: Path) -> None:
    daily, by_hand = 'schedule: "@daily"\n', "schedule: none\n"
    files = {
        "a": table("a", more=daily),
        "b": table("b", "SELECT one FROM analytics.c", more=daily),
        "c": table("c", "SELECT one FROM analytics.a", "schedule: {after: [analytics.a, analytics.old]}\n"),
        "d": table("d", "SELECT one FROM analytics.c", "schedule: {after: [analytics.c, analytics.a]}\n"),
        "e": table("e", more=by_hand),
        "f": table("f", "SELECT one FROM analytics.e", "schedule: {after: [analytics.e]}\n"),
    }
    old = {"old": table("old", more=daily)}
    texts = [str(part) for part in preview(found(tmp_path, old, {**old, **files}))]
    (shown,) = [text for text in texts if text.startswith("**First builds**")]
    assert shown.splitlines()[2:] == [
        "1. at once",
        "   - `analytics.a`, then every day at 00:00 UTC",
        "   - `analytics.b`, then every day at 00:00 UTC",
        "2. as soon as those are published",
        "   - `analytics.c`, behind `analytics.a` and `analytics.old`",
        "3. as soon as those are published",
        "   - `analytics.d`, behind `analytics.c` and `analytics.a`",
        "- when somebody starts them, or what they wait for: `analytics.e`, `analytics.f`",
        "- ⚠ `analytics.b` reads `analytics.c`, which may not be there yet, and its first run then fails",
    ]


def _sources(place: Path, tables: str) -> None:
    (place / "dag_configs" / "sources").mkdir()
    (place / "dag_configs" / "sources" / "shop.yaml").write_text(f"schema: shop\ntables: [{tables}]\n")


def test_what_is_known_of_sources_changes(tmp_path: Path) -> None:
    files = {"a": table("a", "SELECT id FROM shop.orders")}
    before, after = _folder(tmp_path / "before", files), _folder(tmp_path / "after", files)
    _sources(
        tmp_path / "before",
        "{name: orders, columns: [{name: id, type: integer}, {name: '`@x`', type: text}]}, {name: users}, {name: same}",
    )
    _sources(
        tmp_path / "after",
        "{name: orders, columns: [{name: id, type: bigint}, {name: at, type: date}], "
        "loaded_at: {column: at, within_hours: 2}}, {name: new}, {name: same}",
    )
    parts = preview(Preview(before=before, after=after, lint=lint([after.path]), now=NOW))
    assert str(parts[0]) == f"{MARKER}\n## Summary tables: no table changes"
    assert str(parts[-1]) == (
        "### Changed: what is known of tables that others fill\n\n"
        "- `shop.new`: known from now on\n"
        "- `shop.orders`: new: `at`; gone: `` `@x` ``; `id` is `bigint`, was `integer`; another `loaded_at`. "
        "Read by `analytics.a`\n"
        "- `shop.users`: known no longer"
    )
