"""The line-by-line mode: numbered lists, one command a line, for pipes, slow links and speech.

commands.py has the one table that the session, its help and the README follow. desk.py is what a
session remembers between lines; articles.py, reading.py, marking.py, subscriptions.py and those
named like their command act on it; names.py tells names from numbers, latest.py says what a number
alone means; console.py is where lines come from and go to.
"""
