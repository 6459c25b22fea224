"""Documents of a damaged file that are whole, but stand under a wrong name or number. Pure.

What was lost is then only a few bytes beside them: the line that names their table, or a digit of
their number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from archive.layout import META, Document, Salvaged, Tables

IsOfKind = Callable[[str, str, object], bool]
"""Whether a document, under a number, can be of a table."""


def named_again(tables: Tables, table: str, known: Mapping[str, object], is_of: IsOfKind) -> Tables:
    """The tables, where `table`, which the file must have, was found under no or a wrong name.

    `known` has the names of all tables that there are.
    """
    if tables.get(table):
        return {name: each for name, each in tables.items() if name}
    named: Tables = {name: each for name, each in tables.items() if name in known or name == META}
    for name, documents in tables.items():
        if name in named:
            continue
        own = {key: each for key, each in documents.items() if is_of(table, key, each)}
        if own and len(own) == len(documents):
            named.setdefault(table, {}).update(own)
        elif name:
            named[name] = documents
    return named


def numbered_again(
    salvaged: Salvaged, table: str, known: Mapping[int, str], hash_of: Callable[[Document], str]
) -> Salvaged:
    """With each document of a table under the number that is `known` to have its hash.

    What is then left over stays a stray.
    """
    numbers = {digest: str(number) for number, digest in known.items()}
    documents = dict(salvaged.tables.get(table, {}))
    strays = [each for name, each in salvaged.strays if name == table]
    for key, document in list(documents.items()):
        right = numbers.get(hash_of(document), key)
        if right != key:
            strays.append(documents.pop(key))
    left = []
    for document in strays:
        number = numbers.get(hash_of(document))
        if number is None:
            left.append((table, document))
        elif number not in documents or hash_of(documents[number]) != known[int(number)]:
            documents[number] = document
    others = [each for each in salvaged.strays if each[0] != table]
    tables = salvaged.tables | {table: documents} if documents else salvaged.tables
    return Salvaged(tables, salvaged.meta, salvaged.lost_count, (*others, *left))
