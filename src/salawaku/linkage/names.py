"""One key for the many ways a name is written, and whether two keys name the same person."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

from salawaku.linkage.agreement import DIFFERENT, judge
from salawaku.linkage.spelling import PARTICLES, canonical, letters, plain_word, reduce_word, vocabulary

APOSTROPHES = re.compile(r"['’‘‛`´ʼʹ′]")
WORD = re.compile(r"[^\W\d_]+")

VERDICTS = {"agree": pl.Boolean, "similarity": pl.Float64, "level": pl.Int8, "doubtful": pl.Boolean}


def name_keys(names: pl.Series) -> pl.Series:
    """The key of each name: titles gone, variants canonical, spelling plain; null where there is no letter.

    Keys of keys are themselves. Every distinct word is worked out once, and only names with titles, particles or
    signs in them are looked at whole.
    """
    lowered = names.cast(pl.String).str.to_lowercase()
    words = lowered.str.strip_chars().str.replace_all("  +", " ").str.split(" ")
    distinct = words.explode().drop_nulls().unique()
    plain = pl.Series([plain_word(word) for word in distinct.to_list()], dtype=pl.String)
    swap = pl.element().replace_strict(distinct, plain, default=None, return_dtype=pl.String)
    keys = words.to_frame("name").select(pl.col("name").list.eval(swap).list.join(" ", ignore_nulls=False))["name"]
    odd = lowered.filter(keys.is_null()).drop_nulls().unique()
    found = pl.Series([name_key(name) for name in odd.to_list()], dtype=pl.String)
    whole = lowered.replace_strict(odd, found, default=None, return_dtype=pl.String)
    return keys.fill_null(whole).alias(names.name)


def name_key(name: str) -> str | None:
    """The key of one name."""
    plain = name.lower()
    words = plain.split() if plain.isascii() and plain.replace(" ", "").isalpha() else _words(plain)
    while True:
        tokens = _tokens(words)
        if tokens == words or vocabulary().special.isdisjoint(tokens):
            return " ".join(tokens) or None
        words = tokens


def names_agree(left: pl.Series, right: pl.Series) -> pl.DataFrame:
    """Compare two columns of names: agree, similarity (0 to 1), level (3 whole, 2 part, 1 weak, 0 none), doubtful."""
    return keys_agree(name_keys(left), name_keys(right))


def keys_agree(left: pl.Series, right: pl.Series) -> pl.DataFrame:
    """The same for keys already made; every distinct pair is judged once."""
    pairs = pl.DataFrame({"left": left, "right": right})
    distinct = pairs.unique().drop_nulls()
    verdicts = [judge(one, other) for one, other in distinct.iter_rows()]
    judged = distinct.hstack(pl.DataFrame(verdicts, schema=list(VERDICTS.items()), orient="row"))
    joined = pairs.join(judged, on=["left", "right"], how="left", maintain_order="left")
    nothing = dict(zip(VERDICTS, DIFFERENT, strict=True))
    return joined.select(pl.col(name).fill_null(pl.lit(value)) for name, value in nothing.items())


def _words(text: str) -> list[str]:
    """The words of a name as people write it: "DRS. H. Abd.Rahman Rahaya'an, S.Pd" → abd, rahman, rahayaan."""
    text = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text))
    text = "".join(char for char in text if not unicodedata.combining(char)).lower()
    head, *rest = text.split(",")
    known = vocabulary()
    kept = [head, *(part for part in rest if letters(part) not in known.dotted_titles | known.titles)]
    words: list[str] = []
    for chunk in " ".join(kept).split():
        whole = letters(chunk)
        inner = "." in chunk.strip(".()")
        if inner and whole in known.dotted_titles:
            continue
        words += [whole] if inner and reduce_word(whole) in known.variants else WORD.findall(chunk)
    return words


def _tokens(words: list[str]) -> list[str]:
    known = vocabulary()
    if not known.special.isdisjoint(words):
        words = _joined([word for word in words if word not in known.titles] or words)
    tokens = [canonical(word) for word in words]
    if len(tokens) > 1 and tokens[0] == "m":
        tokens[0] = "muhamad"
    return tokens


def _joined(words: list[str]) -> list[str]:
    """Particles joined to the word they belong to, and names that are written as one word or two."""
    phrases = vocabulary().phrases
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        if before in PARTICLES:
            joined[-1] = before + word
        elif (before, word) in phrases:
            joined[-1] = phrases[before, word]
        else:
            joined.append(word)
    return joined
