"""The line-by-line mode: numbered lists, one command a line, for pipes, slow links and speech.

commands.py has the one table that the session, its help and the README follow. desk.py is what a
session remembers between lines; articles.py, reading.py, marking.py and subscriptions.py act on it,
latest.py says what a number alone means; console.py is where lines come from and go to.
"""
