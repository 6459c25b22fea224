"""Languages have names a person knows."""

import pytest

from reader.languages import language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [("en", "English"), ("zh-Hant-TW", "Chinese"), ("pt_BR", "Portuguese"), ("EN", "English"),
     ("tlh", "tlh"), ("", "")],
)  # fmt: skip
def test_a_language_has_its_english_name_or_stays_its_code(code: str, name: str) -> None:
    assert language_name(code) == name
