"""What may be typed, and what is said when it means nothing."""

from pathlib import Path

import pytest

from reader.cli.parser import COMMANDS, command_parser, parse
from tests.cli.conftest import Run


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_with_an_example(run: Run, name: str) -> None:
    result = run(name, "--help")

    assert result.code == 0
    assert f"example:\n  newsreader {name}" in result.out


def test_the_help_lists_every_command_with_an_example(run: Run) -> None:
    result = run("--help")

    assert result.code == 0
    assert all(f"  {name} " in result.out for name in COMMANDS)
    assert "example:\n" in result.out


@pytest.mark.parametrize("words", [[], ["list"]])
def test_help_is_a_word_too(run: Run, words: list[str]) -> None:
    assert run("help", *words) == run(*words, "--help")


@pytest.mark.parametrize("argv", [["--version"], ["list", "--version"]])
def test_the_version_is_one_line(run: Run, argv: list[str]) -> None:
    result = run(*argv)

    assert result.code == 0
    assert result.out.startswith("newsreader 0.")
    assert len(result.lines) == 1


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["lst"], "newsreader: lst: no such command. Did you mean list?"),
        (["list", "--limt", "3"], "newsreader: --limt: no such option. Did you mean --limit?"),
        (["feeds", "-j"], "newsreader: -j: no such option. See newsreader feeds --help."),
        (
            ["list", "--limit", "x"],
            "newsreader: --limit: 'x' is no whole number of 1 or more. See newsreader list --help.",
        ),
        (
            ["list", "--limit", "-5"],
            (
                "newsreader: --limit: '-5' is no whole number of 1 or more."
                " See newsreader list --help."
            ),
        ),
        (
            ["refresh", "--jobs", "65"],
            (
                "newsreader: --jobs: '65' is no whole number from 1 to 64."
                " See newsreader refresh --help."
            ),
        ),
        (["help", "lst"], "newsreader: lst: no such command. Did you mean list?"),
        (["list", "--limit"], "newsreader: --limit: needs a value. See newsreader list --help."),
        (
            ["list", "--sort", "size"],
            (
                "newsreader: --sort: 'size' is none of date, relevance, rare, oldest."
                " See newsreader list --help."
            ),
        ),
        (
            ["searches", "harbour"],
            (
                "newsreader: searches: 'harbour' is none of list, add, remove."
                " See newsreader searches --help."
            ),
        ),
        (["show"], "newsreader: show: needs ID. See newsreader show --help."),
        (["show", "a", "b"], "newsreader: b: one word too many. See newsreader show --help."),
        (
            ["export"],
            "newsreader: export: needs --format. See newsreader export --help.",
        ),
        (
            ["mark", "x"],
            (
                "newsreader: mark: needs a change."
                " Add --read, --unread, --star, --unstar, --hide or --unhide."
            ),
        ),
        (
            ["mark", "x", "--read", "--unread"],
            "newsreader: --read: contradicts --unread. Give one of them.",
        ),
        (
            ["mark", "", " ", "--read"],
            "newsreader: the query: is empty. Give an article's id or a query.",
        ),
        (
            ["tag", "", "+ai"],
            "newsreader: the query: is empty. Give an article's id or a query.",
        ),
        (
            ["search", ""],
            (
                "newsreader: search: needs words to look for."
                " For example: newsreader search night ferry."
            ),
        ),
        (["remove", ""], "newsreader: FEED: is empty. See newsreader remove --help."),
        (["refresh", " "], "newsreader: FEED: is empty. See newsreader refresh --help."),
        (["add", ""], "newsreader: URL: is empty. See newsreader add --help."),
        (["save", "--tag", "", "x"], "newsreader: --tag: is empty. See newsreader save --help."),
        (["import", ""], "newsreader: FILE: is empty. See newsreader import --help."),
        (["undo", "it"], "newsreader: it: one word too many. See newsreader undo --help."),
        (["feeds", "--json=1"], "newsreader: --json: takes no value. See newsreader feeds --help."),
        (["list", "--bogus"], "newsreader: --bogus: no such option. See newsreader list --help."),
        (
            ["refresh", "--recheck", "--no-pages"],
            "newsreader: --recheck: contradicts --no-pages. Give one of them.",
        ),
        (["tag", "x"], "newsreader: tag: needs tags. For example: newsreader tag 261122a17 +ai."),
        (
            ["tag", "+ai"],
            (
                "newsreader: tag: needs an article's id or a query."
                " For example: newsreader tag 261122a17 +ai."
            ),
        ),
        (["tag", "x", "+Ai", "+sea", "-ai"], "newsreader: +Ai: contradicts -Ai. Give one of them."),
        (["tag", "x", "+"], "newsreader: +: has no tag after it. Write +TAG without a space."),
        (
            [],
            "newsreader: the app: needs a terminal. Use a command, for example newsreader list.",
        ),
    ],
)
def test_wrong_usage_is_one_line_with_what_why_and_what_to_do(
    run: Run, argv: list[str], line: str
) -> None:
    result = run(*argv)

    assert (result.code, result.out, result.err) == (2, "", line + "\n")


@pytest.mark.parametrize(
    ("argv", "query"),
    [
        (["list", "qwen", "-musk", "--limit", "3"], "qwen -musk"),
        (["list", "--limit", "3", "-musk", "qwen"], "-musk qwen"),
        (["list", "--limit=3", '"open weights"', "-m"], '"open weights" -m'),
        (["list", "--limit", "3", "--", "--limit", "-h"], "--limit -h"),
    ],
)
def test_words_that_begin_with_a_dash_are_taken_as_they_are(argv: list[str], query: str) -> None:
    arguments = parse(argv)

    assert (" ".join(arguments.query), arguments.limit) == (query, 3)


def test_tags_that_begin_with_a_dash_are_taken_as_they_are() -> None:
    assert parse(["tag", "261122a17", "+a", "-b", "-2024"]).words == [
        "261122a17",
        "+a",
        "-b",
        "-2024",
    ]


@pytest.mark.parametrize(
    "argv",
    [
        ["--archive", "/a", "--config", "/c", "--verbose", "feeds"],
        ["feeds", "--archive", "/a", "--config", "/c", "--verbose"],
        ["--archive=/a", "feeds", "--config=/c", "--verbose"],
    ],
)
def test_global_options_stand_before_or_after_the_command(argv: list[str]) -> None:
    arguments = parse(argv)

    assert (arguments.archive, arguments.config, arguments.verbose) == ("/a", "/c", True)


def test_an_option_before_the_command_is_not_undone_after_it() -> None:
    assert parse(["--archive", "/a", "feeds", "--json"]).archive == "/a"
    assert parse(["--archive", "/a", "feeds", "--archive", "/b"]).archive == "/b"


def test_the_archive_option_wins_over_the_variable(run: Run, archive: Path, tmp_path: Path) -> None:
    run("list", "--archive", str(tmp_path / "other"))

    assert (tmp_path / "other" / "library.json").exists()
    assert not archive.exists()


def test_a_wrong_setting_is_one_line_with_file_and_remedy(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("\nconections = 3\n")

    result = run("feeds", "--config", str(file))

    assert result.code == 2
    assert result.err == (
        f"newsreader: {file}, line 2: there is no setting 'conections'. Did you mean connections?\n"
    )


def test_a_folder_is_no_settings_file(run: Run, tmp_path: Path) -> None:
    result = run("feeds", "--config", str(tmp_path))

    assert result.code == 2
    assert result.err == (f"newsreader: {tmp_path}: is a folder. Name the settings file in it.\n")


def test_an_unknown_feed_is_one_line_also_without_feeds(run: Run) -> None:
    result = run("refresh", "nowhere")

    assert result.code == 1
    assert result.err == (
        "newsreader: nowhere: no feed has that id, address or title. See `newsreader feeds`.\n"
    )


def test_a_file_in_place_of_the_archive_is_exit_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")

    result = run("list", "--archive", str(tmp_path / "file"))

    assert result.code == 3
    assert result.err.startswith(f"newsreader: {tmp_path / 'file'}: ")
    assert result.err.count("\n") == 1


def test_every_option_is_spelled_out_once() -> None:
    for command in COMMANDS.values():
        options = command_parser(command).options
        assert {"--archive", "--config", "--verbose", "--version", "--help"} <= options.keys()
