"""Rules that every template keeps: no untranslated word, no inline style or script, nothing from outside."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import salawaku

PACKAGE = Path(salawaku.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
# Names and signs that are the same in both languages.
SAME = re.compile(r"\b(Salawaku|ID|EN|Bahasa Indonesia|English|NIK|KPJ|KK|BPJS|JKK|JKM|Excel|CSV|PDF|xlsx|csv)\b")
READ_ALOUD = {"alt", "aria-label", "placeholder", "title", "data-label", "content"}
WORD = re.compile(r"[^\W\d_]{2,}")


class Words(HTMLParser):
    """Collects text and spoken attributes that no translation tag covers."""

    def __init__(self) -> None:
        super().__init__()
        self.bare: list[str] = []
        self.faults: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at attributes; what is inside a script or style is not read."""
        given = dict(attrs)
        self.silent += tag in {"script", "style"}
        self.bare += [value or "" for name, value in attrs if name in READ_ALOUD and tag != "meta"]
        if "style" in given or tag == "style":
            self.faults.append(f"<{tag}> carries its own style")
        if tag == "script" and not {"src", "nonce"} & given.keys() and given.get("type") != "application/json":
            self.faults.append("a script without nonce")
        self.faults += [f"on{name[2:]} on <{tag}>" for name in given if name.startswith("on")]
        outside = [given.get(name) or "" for name in ("src", "href", "action", "hx-get", "hx-post")]
        self.faults += [f"{value} leaves the house" for value in outside if re.match(r"(https?:)?//", value)]

    def handle_endtag(self, tag: str) -> None:
        """The other end of a script or style."""
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self.silent:
            self.bare.append(data)


def read(source: str) -> Words:
    """What is left of a template once everything that Django writes is taken out."""
    for block in ("comment", "blocktranslate", "blocktrans"):
        source = re.sub(rf"{{% {block}\b.*?%}}.*?{{% end{block} %}}", "", source, flags=re.DOTALL)
    source = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", source, flags=re.DOTALL)
    words = Words()
    words.feed(source)
    return words


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_keeps_the_rules(path: Path) -> None:
    words = read(path.read_text(encoding="utf-8"))
    untranslated = [text.strip() for text in words.bare if WORD.search(SAME.sub("", text))]
    assert untranslated == []
    assert words.faults == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Halo</p>", ["Halo"]),
        ('<p>{% translate "Halo" %} – NIK</p>', []),
        ('<img alt="Peta">', ["Peta"]),
        ("{% blocktranslate %}Halo {{ name }}{% endblocktranslate %}", []),
    ],
)
def test_the_reader_finds_untranslated_words(source: str, found: list[str]) -> None:
    assert [text.strip() for text in read(source).bare if WORD.search(SAME.sub("", text))] == found


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color:red"></p>',
        "<style></style>",
        "<script>x()</script>",
        '<p onclick="x()"></p>',
        '<script src="https://cdn.example/x.js"></script>',
    ],
)
def test_the_reader_finds_what_the_policy_would_refuse(source: str) -> None:
    assert read(source).faults
