"""demo: a first look without feeds or network, in an archive that is thrown away afterwards."""

from __future__ import annotations

from argparse import Namespace

from reader import log
from reader.cli.launch import DEMO_GREETING, be_prompt, check_terminal
from reader.cli.listing import lines_of
from reader.cli.session import check_keys, config_file, settings_of
from reader.cli.terminal import Terminal
from reader.demo.run import demo_library


def demo(arguments: Namespace, terminal: Terminal) -> int:
    """Takes in the sample outlets; then the app, or with --no-app a list of what was archived."""
    if not arguments.no_app:
        check_terminal(terminal, "newsreader demo --no-app")
    log.set_up(verbose=arguments.verbose)
    settings = settings_of(arguments)
    if settings.ascii:
        terminal.keep_to_ascii()
    with demo_library(settings) as library:
        if arguments.no_app:
            terminal.lines(lines_of(iter(library.list()), terminal))
            return 0
        be_prompt()
        from reader.settings_watch import SettingsWatch
        from reader.tui.app import run

        watch = SettingsWatch(config_file(arguments), check_keys)
        run(library, settings, greeting=DEMO_GREETING, watch=watch)
    return 0
