"""What stands around a number and says that it is no reference: an amount, a quantity, a case, an address.

In: a reader at or behind the number. Out: yes or no; the reader stays where it is.
"""

from __future__ import annotations

from flows.kamerstuk.tokens import BREAK, Reader, words

_AMOUNT_SIGNS = words("\u20ac $ \u00a3 \u0192 f fl dfl eur nlg euro")
# What a number may be of that is no kamerstuk: said right before it.
_OTHER_NUMBERS = words("""
    nr nrs no nummer nummers postbus antwoordnummer tel telefoon telefoonnummer fax faxnummer mobiel
    giro rekening rekeningnummer bankrekening rolnummer rolnr zaaknummer zaaknr zaak zaken parketnummer
    artikel artikelen art lid verordening richtlijn order ordernummer inschrijfnummer registratienummer
    kenmerk arrest vonnis iso nen din lj ljn arbeidsplaatsen circa ca
    """)
_COURTS = words("""
    hof gerechtshof hr hoge rechtbank rb crvb abrvs abrs cbb raad ktr kantonrechter hvj hvjeg hvjeu
    octrooiraad arbitragehof
    """)
_UNITS = words("""
    euro eur gulden miljoen miljard mln mld duizend kg kilogram gram g ton m km cm mm ha hectare liter l
    procent % \u20ac kwh mwh gwh personen mensen leerlingen studenten inwoners woningen uur uren dagen
    stuks banen fte plaatsen kinderen gezinnen huishoudens exemplaren bezoekers leden euro's
    arbeidsplaatsen jongeren werknemers bedrijven gevallen aanvragen meldingen
    """)
_MEASURED = words("""
    bedrag bedragen totaal aantal aantallen som stijgt stijgen steeg daalt dalen daalde ruim minimaal
    maximaal ongeveer dan circa artikel artikelen onderdeel onderdelen
    """)
_ABBREVIATED = frozenset(["rb", "ktr", "art", "ca", "tel"])
_SENTENCE_ENDS = (".", ";", ":", "(", BREAK, "")
# Papers that are named by their kind: `motie 32824-7`, `de motie-Segers c.s. 32824-7`.
_PAPERS = words("motie moties amendement amendementen brief kamerbrief")
_LOOK_BACK = 5


def is_quantity(r: Reader) -> bool:
    """Whether a unit follows: `33 400 euro`."""
    return r.peek().low in _UNITS or (r.peek().low == "," and r.peek(1).low == "-" and r.glued(1) and r.glued())


def may_be_cited(r: Reader) -> bool:
    """Whether the number here may begin a reference of its own, by what stands before it."""
    before = r.peek(-1)
    if r.at == 0:
        return True
    if r.glued() and (before.text.isalnum() or (before.low in "-/.,+" and r.glued(-1))):
        return False
    named = before if before.low != "." else r.peek(-2)
    if named.low in _AMOUNT_SIGNS or named.low in _OTHER_NUMBERS:
        return False
    for back in range(1, _LOOK_BACK + 1):
        word = r.peek(-back)
        if r.at - back < 0 or (
            word.low in _SENTENCE_ENDS and not (word.low == "." and r.peek(-back - 1).low in _ABBREVIATED)
        ):
            return True
        if word.low in _COURTS or word.low in _MEASURED:
            return False
    return True


def is_announced(r: Reader) -> bool:
    """Whether the kind of paper stands before the dossier and dash here: `motie 32824-7`."""
    dashed = "-" in (r.peek(1).low, r.peek(2).low)
    return dashed and any(r.at >= back and r.peek(-back).low in _PAPERS for back in range(1, _LOOK_BACK + 3))


def stands_alone(r: Reader) -> bool:
    """Whether the text is this one thing, as in a cell of a table: then its shape is enough (`29628-77`)."""
    return r.at == 0 and r.count <= 6
