"""Pages: `p. 17, 19-22`, `blz. 50 e.v.`, and the words for a range that other parts use too.

In: a reader before the word for page. Out: the pages as given with the reader behind them, or nothing with
the reader where it was.
"""

from __future__ import annotations

from flows.kamerstuk.parts import is_plain_number, starts_elsewhere
from flows.kamerstuk.tokens import Reader, words

PAGE_WORDS = words("""
    p pp pg pag pagina paginas blz bladz bladzijde bladzijden bladzijdes bl blzn pgs
    """)
_MOST_ITEMS = 60


def read_pages(r: Reader) -> tuple[str, ...]:
    """Pages behind a word for them: `p. 17, 19-22`, `blz. 50 e.v.`, `pagina's 2 en 6`."""
    mark = r.at
    r.skip(",;:(-/", 2)
    if not take_page_word(r) or not r.digits():
        r.at = mark
        return ()
    pages = [read_page(r)]
    while len(pages) < _MOST_ITEMS:
        before = r.at
        r.take(",", ";")
        if r.take("en", "&", "/", "resp"):
            r.take(".")
        take_page_word(r)
        if r.at == before or not is_plain_number(r, words_may_follow=r.peek(-1).low not in ",;") or starts_elsewhere(r):
            r.at = before
            break
        pages.append(read_page(r))
    return tuple(pages)


def take_page_word(r: Reader) -> bool:
    """Moves past `p.`, `blz.`, `pagina's` and the like, if a number follows."""
    mark = r.at
    if r.take(*PAGE_WORDS):
        if r.peek(-1).low == "pagina":
            r.take_words("'", "s")
        r.take(".")
        r.take(":")
        if r.digits():
            return True
    r.at = mark
    return False


def page_follows(r: Reader, ahead: int = 0) -> bool:
    """Whether a word for pages stands `ahead` tokens further, a comma apart."""
    mark = r.at
    r.at += ahead
    r.take(",")
    found = take_page_word(r)
    r.at = mark
    return found


def read_page(r: Reader) -> str:
    """One page, range of pages, or page with what follows, as given: `4`, `112-113`, `50 e.v.`, `23-3-5`."""
    page = r.digits()
    r.at += 1
    while True:
        before = r.at
        if not ((take_range(r) or (r.glued() and r.take("/"))) and r.digits()):
            r.at = before
            break
        page += "-" + r.digits()
        r.at += 1
    return page + (" e.v." if take_following(r) else "")


def take_range(r: Reader) -> bool:
    """Moves past a dash or the words for it (`t/m`, `tot en met`)."""
    return r.take("-", "tm") or r.take_words("t", "/", "m") or r.take_words("tot", "en", "met") or r.take("tot")


def take_following(r: Reader) -> bool:
    """Moves past `e.v.`, `e v.`, `ev.`, `vv.`, `en verder`."""
    if r.take("ev", "evv", "vv"):
        r.take(".")
        return True
    mark = r.at
    if r.take("e"):
        r.take(".")
        if r.take("v"):
            r.take("v")
            r.take(".")
            return True
    r.at = mark
    return r.take_words("en", "verder") or r.take_words("en", "volgende")
