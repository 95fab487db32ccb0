"""A theme that the settings name: the letters that its fonts have, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import Misconfigured
from flows.theme import load_letters, templates


@pytest.fixture
def theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOORTGANG_HUISSTIJL", str(tmp_path))
    return tmp_path


def test_without_a_setting_it_is_the_neutral_one() -> None:
    assert templates().theme is None
    assert {ord("a"), ord("€"), ord("’")} <= load_letters()


def test_what_a_theme_lacks_comes_from_the_neutral_one(theme: Path) -> None:
    (theme / "theme.css").write_text(":root { --accent: #0b5d3b }", encoding="utf-8")
    assert templates().file("theme/theme.css") == theme / "theme.css"
    assert templates().file("theme/reference.docx").is_file()
    assert load_letters() == frozenset()  # it names no font, so that nothing is known of its letters


@pytest.mark.parametrize("content", [None, b"geen letter"])
def test_a_font_that_is_none_is_named_in_one_sentence(theme: Path, content: bytes | None) -> None:
    (theme / "theme.css").write_text('@font-face { font-family: "E"; src: url("theme/eigen.ttf") }', encoding="utf-8")
    if content is not None:
        (theme / "eigen.ttf").write_bytes(content)
    with pytest.raises(Misconfigured, match=r"De huisstijl noemt de letter \S+eigen\.ttf, maar"):
        load_letters()


def test_a_folder_without_theme_css_is_no_theme(theme: Path) -> None:  # noqa: ARG001 (it is set, and empty)
    with pytest.raises(Misconfigured, match=r"waarin in elk geval theme\.css staat"):
        templates()
