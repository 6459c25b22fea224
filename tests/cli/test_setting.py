"""set: the settings of a feed, and what they do in a refresh."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Result, Run
from tests.servers import BRIDGE, NewsSite, Server, opml

SECRET = "p4ss:w%rd"
FIELDS = {
    "id", "feed_url", "title", "folder", "tags", "interval", "pages", "user_agent", "mute",
    "headers", "cookie", "auth",
}  # fmt: skip


@pytest.fixture
def feed(run: Run, outlet: NewsSite) -> NewsSite:
    """An outlet that is subscribed to and not read yet."""
    assert run("add", outlet.rss_url, "--no-refresh").code == 0
    return outlet


def asked(server: Server, path: str) -> dict[str, str]:
    """The headers of the last request for a path."""
    return [request.headers for request in server.requests if request.path == path][-1]


def login(headers: dict[str, str]) -> str:
    return b64decode(headers.get("authorization", "").removeprefix("Basic ")).decode()


def everything_in(folder: Path) -> str:
    """All that is written below a folder, but for the file of secrets."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "".join(
        path.read_bytes().decode("latin-1") for path in files if path.name != "credentials.json"
    )


def test_settings_are_shown_and_changed(run: Run, feed: NewsSite) -> None:
    words = ["title=Post", "folder= Coast / North", "tags=sea, wind", "interval=30", "pages=off"]
    changed = run("set", "harbour", *words, "mute=on", "user_agent=Reader/1")
    shown = run("set", "f1", "--json")

    assert (changed.code, changed.err) == (0, "")
    assert changed.lines[1:] == [
        "title       Post",
        "folder      Coast/North",
        "tags        sea, wind",
        "interval    30",
        "pages       off",
        "user_agent  Reader/1",
        "mute        on",
        "header      -",
        "cookie      -",
        "auth        -",
    ]
    assert shown.json == {
        "id": "f1",
        "feed_url": feed.rss_url,
        "title": "Post",
        "folder": "Coast/North",
        "tags": ["sea", "wind"],
        "interval": 30,
        "pages": False,
        "user_agent": "Reader/1",
        "mute": True,
        "headers": [],
        "cookie": False,
        "auth": False,
    }
    assert shown.json.keys() == FIELDS


def test_settings_are_stored_only_where_they_differ(
    run: Run, feed: NewsSite, archive: Path
) -> None:
    stored = archive / "library.json"
    before = json.loads(stored.read_text())["feeds"]
    run("set", "f1", "interval=30", "pages=off", "title=Post")
    assert '"settings":{"interval_minutes":30,"pages":false}' in stored.read_text()
    run("set", "f1", "interval=auto", "pages=on", "title=")

    assert json.loads(stored.read_text())["feeds"] == before


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["interval=4"], "interval=4: is no interval. Give minutes from 5 to 10080, or auto."),
        (["interval=²"], "interval=²: is no interval. Give minutes from 5 to 10080, or auto."),
        (["pages=yes"], "pages=yes: is neither on nor off. Give pages=on or pages=off."),
        (["mute="], "mute=: is neither on nor off. Give mute=on or mute=off."),
        (["pages"], "pages: says nothing to set. Give KEY=VALUE, as in interval=30."),
        (["colour=red"], "colour: is nothing that can be set. Known are title, folder, tags,"),
        (["header=novalue"], "header: is no header. Give NAME: VALUE, in quotes."),
        (["header=A b: c"], "header: is no header. Give NAME: VALUE, in quotes."),
        (["header=A: b\r\nHost: c"], "header: is empty or has control characters."),
        (["header=Host: c"], "header Host: is the connection's own. Leave it out."),
        (["cookie=a\nb"], "cookie: is empty or has control characters."),
        (["auth=nobody"], "auth: is no user and password. Give USER:PASSWORD."),
        (["auth=:hidden"], "auth: is no user and password. Give USER:PASSWORD."),
        (["user_agent=é"], "user_agent: has other letters than ASCII."),
    ],
)
def test_what_cannot_be_set_is_wrong_usage_and_sets_nothing(
    run: Run, feed: NewsSite, words: list[str], error: str
) -> None:
    result = run("set", "f1", "title=Changed", *words)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"newsreader: {error}")
    assert result.err.count("\n") == 1
    assert run("set", "f1", "--json").json["title"] == "The Harbour Post"


def test_a_feed_that_is_not_there_is_said_to_be(run: Run, feed: NewsSite) -> None:
    assert run("set", "f9", "interval=30").code == 1


def test_without_pages_the_text_is_the_feeds(run: Run, feed: NewsSite) -> None:
    run("set", "f1", "pages=off")
    refreshed = run("refresh", "--json").json[0]
    run("refresh", "--recheck")

    assert (refreshed["new_count"], refreshed["failed_pages"]) == (3, 0)
    assert {row["text_from"] for row in run("list", "--json").json} == {"feed", "summary"}
    assert not [path for path in feed.server.paths() if path.startswith("/news/")]
    note = json.loads(run("show", run("list", "--json").json[0]["id"], "--format", "json").out)
    assert "as its settings say" in " ".join(note["notes"])


def test_new_articles_of_a_muted_feed_arrive_read(run: Run, feed: NewsSite) -> None:
    run("set", "f1", "mute=on", "tags=sea")
    run("refresh")

    assert run("feeds", "--json").json[0]["unread_count"] == 0
    assert [row["read"] for row in run("list", "tag:sea", "--json").json] == [True] * 3


def test_the_user_agent_goes_along(run: Run, feed: NewsSite) -> None:
    run("set", "f1", "user_agent=Reader/1", "header=accept: text/xml")
    run("refresh")

    assert asked(feed.server, "/rss.xml")["accept"] == "text/xml"
    assert {request.headers["user-agent"] for request in feed.server.requests[1:]} == {"Reader/1"}


def test_secrets_go_to_the_feeds_own_server_only(
    run: Run,
    newsreader: Callable[..., subprocess.CompletedProcess[bytes]],
    second_outlet: NewsSite,
    outlet: NewsSite,
    archive: Path,
    home: Path,
) -> None:
    elsewhere = second_outlet.server
    outlet.server.put("/rss.xml", outlet.rss().replace(outlet.url_of(BRIDGE), elsewhere.url("/b")))
    elsewhere.put("/b", outlet.page(BRIDGE))
    outlet.server.redirect("/news/ferry", elsewhere.url("/b"))
    run("add", outlet.rss_url, "--no-refresh")
    words = [f"auth=me:{SECRET}", "cookie=seen=1", "header=X-Token: t0ken"]
    changed = run("set", "f1", *words)
    refreshed = newsreader("refresh", "--verbose")

    assert "is without TLS: who listens can read what is sent" in changed.err
    for path in ("/rss.xml", "/news/library", "/news/ferry"):
        headers = asked(outlet.server, path)
        assert login(headers) == f"me:{SECRET}"
        assert (headers["cookie"], headers["x-token"]) == ("seen=1", "t0ken")
    assert len(elsewhere.requests) == 2
    for request in elsewhere.requests:
        assert not {"authorization", "cookie", "x-token"} & request.headers.keys()
    shown = [changed, run("set", "f1"), run("feeds", "--json"), run("list", "--json")]
    shown += [run("export", "--format", "opml"), run("export", "--format", "jsonl"), run("doctor")]
    kept = everything_in(archive) + everything_in(home)
    for secret in (SECRET, "t0ken", "seen=1"):
        assert secret not in kept + str(refreshed)
        assert not any(secret in each.out + each.err for each in shown)


def test_a_moved_feed_takes_no_secrets_along(
    run: Run, outlet: NewsSite, second_outlet: NewsSite
) -> None:
    outlet.server.redirect("/rss.xml", second_outlet.rss_url, 301)
    run("add", outlet.atom_url, "--no-refresh")
    run("set", "f1", f"auth=me:{SECRET}")
    outlet.server.redirect("/atom.xml", second_outlet.rss_url, 301)
    run("refresh")

    assert second_outlet.server.requests
    assert not [r for r in second_outlet.server.requests if "authorization" in r.headers]


def test_secrets_are_in_a_file_for_the_user_alone(run: Run, feed: NewsSite, home: Path) -> None:
    assert run("set", "f1", f"auth=me:{SECRET}").lines[-1] == (
        "auth        set (in a file that only you can read)"
    )
    (file,) = home.rglob("credentials.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o644)
    run("refresh")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_secrets_are_taken_away_and_go_with_the_feed(run: Run, feed: NewsSite, home: Path) -> None:
    run("set", "f1", f"auth=me:{SECRET}", "cookie=a=b", "header=A: 1", "header=B: 2", "header=a: 3")
    (file,) = home.rglob("credentials.json")
    assert run("set", "f1", "--json").json["headers"] == ["B", "a"]
    run("set", "f1", "header=none", "auth=none")
    assert run("set", "f1").lines[-3:] == [
        "header      -",
        "cookie      set (in a file that only you can read)",
        "auth        -",
    ]
    run("remove", "f1")

    assert json.loads(file.read_text()) == {"feeds": {}}


def test_a_password_is_read_from_standard_input(
    run: Run, feed: NewsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"me:{SECRET}\n"))
    run("set", "f1", "auth=")
    run("refresh")
    assert login(asked(feed.server, "/rss.xml")) == f"me:{SECRET}"

    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run("set", "f1", "auth=").err == (
        "newsreader: auth: is empty or has control characters. auth=none takes it away.\n"
    )


@pytest.mark.parametrize("way", ["add", "import", "site"])
def test_a_login_in_an_address_is_kept_apart(
    run: Run, outlet: NewsSite, tmp_path: Path, archive: Path, way: str
) -> None:
    path = "/" if way == "site" else "/rss.xml"
    address = outlet.server.url(path).replace("//", "//me:p4ss%3Aw%25rd@")
    file = tmp_path / "feeds.opml"
    file.write_text(opml(address))
    result = run("import", str(file)) if way == "import" else run("add", address, "--no-refresh")
    run("refresh")

    assert result.code == 0
    assert SECRET not in result.out + result.err
    assert [feed["feed_url"] for feed in run("feeds", "--json").json] == [outlet.rss_url]
    assert login(asked(outlet.server, "/rss.xml")) == f"me:{SECRET}"
    assert "p4ss" not in everything_in(archive)


def test_a_page_is_saved_with_the_login_of_its_address(
    run: Run, outlet: NewsSite, archive: Path
) -> None:
    run("save", outlet.url_of(BRIDGE).replace("//", "//me:pw@"))

    assert login(asked(outlet.server, "/news/bridge")) == "me:pw"
    assert [row["url"] for row in run("list", "--json").json] == [outlet.url_of(BRIDGE)]
    assert "me:pw" not in everything_in(archive)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"feeds": 3}', '{"feeds": {"a": 3}}'])
def test_a_file_of_secrets_that_is_damaged_is_named(
    run: Run, feed: NewsSite, home: Path, content: str
) -> None:
    run("set", "f1", "cookie=a=b")
    (file,) = home.rglob("credentials.json")
    file.write_text(content)

    for command in (["refresh"], ["set", "f1"], ["set", "f1", "cookie=c"]):
        result = run(*command)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(f"newsreader: {file}: is not what newsreader writes.")


Keyring = Callable[..., Result]


@pytest.fixture
def with_keyring(
    newsreader: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> Keyring:
    """Runs a command as a process that has a keyring."""

    def run(*argv: str) -> Result:
        environ = os.environ | {
            "PYTHON_KEYRING_BACKEND": "tests.keyring_backend.FileKeyring",
            "KEYRING_FILE": str(tmp_path / "keyring.json"),
        }
        ran = newsreader(*argv, env=environ)
        return Result(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    return run


def test_secrets_are_in_the_keyring_where_there_is_one(
    with_keyring: Keyring, run: Run, feed: NewsSite, tmp_path: Path, home: Path
) -> None:
    ring = tmp_path / "keyring.json"
    assert with_keyring("set", "f1", f"auth=me:{SECRET}").lines[-1] == (
        "auth        set (in the keyring)"
    )
    assert SECRET in json.loads(ring.read_text())[f"newsreader {feed.rss_url}"]
    (file,) = home.rglob("credentials.json")
    assert SECRET not in file.read_text()
    assert with_keyring("refresh").code == 0
    assert login(asked(feed.server, "/rss.xml")) == f"me:{SECRET}"

    without = run("refresh")
    assert without.code == 1
    assert "its secrets are in the keyring, which cannot be opened" in without.err
    with_keyring("remove", "f1")
    assert json.loads(ring.read_text()) == {}


def test_a_keyring_that_is_locked_leaves_secrets_to_the_file(
    with_keyring: Keyring, feed: NewsSite, tmp_path: Path
) -> None:
    (tmp_path / "keyring.json").mkdir()

    assert with_keyring("set", "f1", "auth=me:pw").lines[-1] == (
        "auth        set (in a file that only you can read)"
    )
