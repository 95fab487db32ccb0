"""The brief's HTML made ready for pandoc.

In: the HTML. Out: HTML that pandoc reads wholly, and what it cannot carry over. pandoc reads only `main` where there is
one, drops the classes of paragraphs and rows, and would print `title` as a heading.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html as lxml_html

from flows.model.templates import Templates
from flows.render.ooxml import Element

RENAMED = ("header", "nav", "main", "section")


@dataclass(frozen=True, slots=True)
class TableSource:
    """What Word must know of a table: its description, its column widths in percents, and per body row two facts."""

    description: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    splittable: tuple[bool, ...]
    totals: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The HTML for pandoc, the words of furniture and properties, and what Word must know of tables, contents and links by address.

    `styles` names the styles of the document's own, empty where it has those of the reference only.
    """

    html: str
    titel: str
    kwartaal: str
    concept: str
    meta: dict[str, str]
    titles: dict[str, str]
    tables: tuple[TableSource, ...]
    annexes: str
    apart: bool
    styles: str


def prepare(html: str, templates: Templates) -> Source:
    """Read what Word needs of `html`, and rewrite it for pandoc."""
    root = lxml_html.document_fromstring(html)
    for picture in root.iter("img"):
        picture.set("src", _picture(picture, templates))
    meta = {str(found.get("name")): str(found.get("content")) for found in root.iterfind(".//meta[@name]")}
    meta["title"] = _words(root.find(".//title"))
    kept = {
        "titel": _words(root.find(".//h1")).removeprefix(_words(root.find(".//h1/span[@class='label']"))).strip(),
        "kwartaal": _words(_first(root, "ondertitel", "dagtekening")),
        "concept": _words(_first(root, "conceptmerk")),
    }
    tables = tuple(_table(table) for table in root.iter("table"))
    annexes = next((str(found.get("id")) for found in root.xpath("//section[@class='bijlage']/h2")), "")
    apart = bool(root.xpath("//nav[contains(concat(' ', @class, ' '), ' apart ')]"))
    for unwanted in root.xpath("//title | //style | //meta[@name]"):
        unwanted.drop_tree()
    for element in list(root.iter(*RENAMED)):
        element.tag = "div"
    for element in root.xpath("//body//*[@lang][not(self::span or .//p or .//li)]"):
        _speak(element)
    for paragraph in root.xpath("//p[@class]"):
        _wrap(paragraph)
    return Source(
        lxml_html.tostring(root, encoding="unicode"),
        **kept,
        meta=meta,
        titles={str(link.get("href")): str(link.get("title")) for link in root.iterfind(".//a[@title]")},
        tables=tables,
        annexes=annexes,
        apart=apart,
        styles=str(root.find("body").get("data-opmaak", "")),
    )


def _picture(picture: Element, templates: Templates) -> str:
    """Where pandoc finds a picture. Of a drawing it takes the twin in dots, for not every Word shows the drawing itself."""
    drawn = picture.attrib.pop("data-png", None)
    return drawn or str(templates.file(str(picture.get("src"))))


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())


def _first(root: Element, *names: str) -> Element | None:
    return next((found for found in root.iter("p", "span") if found.get("class") in names), None)


def _speak(element: Element) -> None:
    """Put the words of another language into a `span`, the one element whose language pandoc keeps."""
    span = lxml_html.Element("span", lang=element.attrib.pop("lang"))
    span.text, element.text = element.text, None
    span.extend(list(element))
    element.append(span)


def _wrap(paragraph: Element) -> None:
    """Put a paragraph into a `div` with its class, which pandoc keeps."""
    wrapper = lxml_html.Element("div")
    wrapper.set("class", paragraph.attrib.pop("class"))
    wrapper.tail, paragraph.tail = paragraph.tail, None
    paragraph.getparent().replace(paragraph, wrapper)
    wrapper.append(paragraph)


def _table(table: Element) -> TableSource:
    rows = table.findall("tbody/tr")
    return TableSource(
        description=str(table.get("aria-label") or _words(table.find("caption"))),
        heads=tuple(_words(head) for head in table.iterfind("thead/tr/th")),
        widths=tuple(float(col.get("style").partition(":")[2].strip(" %;")) for col in table.iterfind("colgroup/col")),
        splittable=tuple("lang" in row.get("class", "").split() for row in rows),
        totals=tuple("totaal" in row.get("class", "").split() for row in rows),
    )
