"""The settings file: what it may say, and what is said when it says something else."""

from pathlib import Path

import pytest

from reader.config import Settings, defaults, load_settings, parse_settings
from reader.errors import ConfigError
from reader.paths import archive_path, config_path


def wrong(content: bytes) -> str:
    with pytest.raises(ConfigError) as caught:
        parse_settings(content, "config.toml")
    return str(caught.value)


def test_an_empty_file_leaves_all_defaults() -> None:
    assert parse_settings(b"", "config.toml") == Settings()


def test_each_setting_is_read() -> None:
    content = b'theme = "newsreader-light"\nconnections = 4\nkeep_pages = false\nbrowser = "lynx"\n'
    drawn = b'ascii = true\nhints = false\nrefresh = "manual"\nrecheck = false\nimages = true\n'

    assert parse_settings(content + drawn, "x") == Settings(
        "newsreader-light",
        4,
        False,
        "lynx",
        True,
        False,
        refresh="manual",
        recheck=False,
        images=True,
    )


@pytest.mark.parametrize(
    "contact", ["a.b+news@mail.example.org", "https://me.example/~a?b=c,d", "http://127.0.0.1:8/"]
)
def test_a_contact_is_a_mail_or_web_address(contact: str) -> None:
    assert parse_settings(f'contact = "{contact}"'.encode(), "x").contact == contact


@pytest.mark.parametrize(
    "contact", ["me", "a@b", "ftp://a.example/", "https://a.example/(x)", "a@b.example\\r\\nX: y"]
)
def test_anything_else_is_no_contact(contact: str) -> None:
    assert wrong(f'contact = "{contact}"'.encode()).endswith(
        "Give a mail address, or one that starts with https://."
    )


def test_an_unknown_name_in_the_rule_of_retention_is_named_itself() -> None:
    known = wrong(b"[retention]\nkeep_dais = 30")

    assert known == (
        "config.toml, line 2: there is no setting 'keep_dais'. Did you mean keep_days?"
    )
    assert wrong(b"[retention]\nbytes = true") == (
        "config.toml, line 2: there is no setting 'bytes'. Known are keep_days, query, unread."
    )


def test_a_byte_order_mark_is_no_error() -> None:
    assert parse_settings(b"\xef\xbb\xbfconnections = 2", "x").connections == 2


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            b'\n# colours\nthem = "dark"\n',
            "config.toml, line 3: there is no setting 'them'. Did you mean theme?",
        ),
        (
            b"zebra = 1\n",
            (
                "config.toml, line 1: there is no setting 'zebra'. "
                f"Known are {', '.join(defaults())}."
            ),
        ),
        (
            b'connections = "many"\n',
            "config.toml, line 1: connections is a whole number, not 'many'. The default is 16.",
        ),
        (
            b"connections = true\n",
            "config.toml, line 1: connections is a whole number, not True. The default is 16.",
        ),
        (
            b'refresh = "never"\n',
            'config.toml, line 1: refresh is \'never\'. Give one of "due", "manual".',
        ),
        (
            b"connections = 65\n",
            "config.toml, line 1: connections is 65. Give a number from 1 to 64.",
        ),
        (
            b"keep_pages = 1\n",
            "config.toml, line 1: keep_pages is true or false, not 1. The default is true.",
        ),
        (
            b'keys = "newsboat"\n',
            (
                "config.toml, line 1: keys is a table, not 'newsboat'."
                " Write [keys] and its lines below."
            ),
        ),
        (b"\n\ntheme = '\xff'\n", "config.toml, line 3: is not UTF-8 text. Save it as UTF-8."),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_remedy(content: bytes, line: str) -> None:
    assert wrong(content) == line


def test_a_file_that_is_no_toml_says_where() -> None:
    assert "line 2" in wrong(b"connections = 3\ntheme = \n")


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_settings(tmp_path / "none.toml")


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a folder"):
        load_settings(tmp_path)


def test_the_users_own_file_need_not_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    assert load_settings() == Settings()

    config_path().parent.mkdir()
    config_path().write_text("connections = 7")

    assert load_settings().connections == 7


def test_the_archive_is_the_one_chosen_else_the_variables_else_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert archive_path("/a", {"NEWSREADER_ARCHIVE": "/b"}) == Path("/a")
    assert archive_path("", {"NEWSREADER_ARCHIVE": "/b"}) == Path("/b")
    assert archive_path("~/news", {}) == Path.home() / "news"
    assert archive_path("", {}) == tmp_path / "newsreader"
