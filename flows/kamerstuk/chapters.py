"""What divides a dossier: the chapters of a budget (`33 400 XV`, `21 800 IX B`) and additions (`21 501-02`).

In: a reader behind the digits of a dossier. Out: the chapter or addition as in an identifier, with the reader
behind it, or None with the reader where it was. "35 300 A" is a chapter and "31 439, A" the number of a
paper: which it is depends on whether the dossier has chapters.
"""

from __future__ import annotations

from flows.kamerstuk.tokens import Reader, words

# Dossiers of budgets, which have chapters, besides those that end in 00 (a budget proper always does).
_WITH_CHAPTERS = words("""
    30105 30391 30550 30560 30885 31031 31061 31290 31444 31474 31792 31924 31965 32123 32222 32360
    32395 32565 32609 32710 32780 33090 33240 33280 33480 33605 33640 33750 33805 33930 33940 34085
    34210 34350 34475 34485 34550 34620 34725 34730 34775 34845 34950 34960 35095 35210 35350 35450
    35470 35570 35650 35830 35850 35925 35975 36120 36250 36350 36360 36410 36435 36470 36550 36560
    36613 36625 36725 36740 36850
    """)
# Dossiers that are divided by two digits, of which the zero counts.
WITH_ADDITIONS = frozenset({"21501", "19291", "23908"})
_ROMAN = words("""
    I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV
    """)
_CHAPTERS = frozenset([*_ROMAN, *"ABCDEFGHJKLM", "IIA", "IIB", "IXA", "IXB"])
# Those that cannot be the letter of a paper.
LONG_ROMAN = _CHAPTERS - frozenset("ABCDEFGHIJKLMVX")
_LAST_WITH_IXB = 33_400
NUMBER_WORDS = words("""
    nr nrs no nos n\u00ba num nummer nummers letter letters stuk stuknr stuknrs stuknummer
    ondernr ondernrs ondernummer ondernummers volgnr volgnummer
    """)
_CHAPTER_WORDS = ("hoofdstuk", "hfdst", "hfst", "hst")
# The words with which a part of a dossier can begin, or the number of a bill for the Kingdom (`R2064`).
DIVIDERS = frozenset([*map(str.lower, _CHAPTERS), *_CHAPTER_WORDS, "h", "r"])


def has_chapters(digits: str) -> bool:
    """Whether a dossier is divided into the chapters of a budget."""
    return digits.endswith("00") or digits in _WITH_CHAPTERS


def number_follows(r: Reader) -> bool:
    """Whether the number of a paper follows: `, nr. 7`, `(nr. 7)`, `-105`, `, D`."""
    mark = r.at
    separators = r.skip(",;:/-(.", 2)
    start = r.at
    r.take("onder")
    found = r.take(*NUMBER_WORDS)
    if found:
        r.skip(".:", 2)
        found = bool(r.digits()) or r.letters().isupper()
    r.at = start
    if not found and separators and r.peek(-1).low == "-":
        found = bool(r.digits()) and len(r.digits()) <= 4
    if not found and (separators == 0 or r.peek(-1).low == ","):
        token = r.peek()
        found = len(token.text) <= 2 and token.text.isascii() and token.text.isalpha() and token.text.isupper()
    r.at = mark
    return found


def read_addition(r: Reader, digits: str) -> str | None:
    """An addition, if the dossier is one that has them."""
    mark = r.at
    if digits in WITH_ADDITIONS:
        r.skip("-/,", 1)
        addition = r.digits()
        if len(addition) == 2 and len(r.digits(1)) != 3 and not (r.glued(1) and r.letters(1)):
            r.at += 1
            return addition
    r.at = mark
    return None


def read_chapter(r: Reader, digits: str) -> str | None:
    """A chapter, with or without the word for it."""
    mark = r.at
    comma = r.take(",")
    opened = r.take("(")
    dashed = not comma and r.take("-", "/")
    if r.peek().low == "." and r.glued() and r.glued(1):
        r.at += 1
    named = r.take(*_CHAPTER_WORDS) or (r.peek().low == "h" and r.peek(1).low == "." and r.take_words("h", "."))
    if named:
        r.take(".")
    chapter = _take_chapter_name(r, digits)
    fits = chapter is not None and (named or _is_chapter(r, digits, chapter, comma=comma, dashed=dashed))
    if fits and opened:
        fits = r.take(")")
    if not fits:
        r.at = mark
        return None
    return chapter


def _take_chapter_name(r: Reader, digits: str) -> str | None:
    word = r.letters()
    # `33 400 xv` is read too, but a single small letter is a word or part of a number.
    name = word.upper() if len(word) > 1 and word.islower() and has_chapters(digits) else word
    if name not in _CHAPTERS or (r.glued(1) and r.digits(1)):
        return None
    r.at += 1
    half = r.peek().text
    divided = name == "II" or (name == "IX" and int(digits) < _LAST_WITH_IXB)
    if divided and half in ("A", "B") and has_chapters(digits):
        r.at += 1
        return name + half
    if divided and r.peek().low == "-" and r.peek(1).text in ("A", "B") and number_behind(r, 2):
        r.at += 2
        return name + r.peek(-1).text
    return name


def number_behind(r: Reader, ahead: int) -> bool:
    """`number_follows`, some tokens further."""
    r.at += ahead
    found = number_follows(r)
    r.at -= ahead
    return found


def _is_chapter(r: Reader, digits: str, chapter: str, *, comma: bool, dashed: bool) -> bool:
    followed = number_follows(r)
    if comma:
        # Behind a comma a letter is the number of a paper, unless another number follows it.
        named = r.peek().low == "," and r.peek(1).low in NUMBER_WORDS
        if chapter in LONG_ROMAN:
            return followed or has_chapters(digits)
        return has_chapters(digits) and (named or r.peek().low in NUMBER_WORDS)
    if chapter in LONG_ROMAN or has_chapters(digits):
        return True
    if dashed and r.peek().low == "-" and r.digits(1):
        return True
    return followed and (r.peek().low in NUMBER_WORDS or r.peek(1).low in NUMBER_WORDS)
