"""Makes one PDF both PDF/A-2a and PDF/UA-1.

In: the PDF as WeasyPrint made it, variant `pdf/a-2a`, just before it is written. Out: the same, with metadata that
declare both, and can be read without unpacking. PDF/A wants each property outside its own list to be described: the
extension schema.
"""

from __future__ import annotations

from typing import Any

import pydyf

VARIANT = "pdf/a-2a"
PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
END = '\n</x:xmpmeta>\n<?xpacket end="r"?>'
ACCESSIBLE = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def declare(document: Any, file: pydyf.PDF) -> None:
    """Exchange the metadata of `file` for those that declare both standards; a finisher for `write_pdf`."""
    made = document.metadata.generate_rdf_metadata("a", 2, "A").decode()
    text = PACKET + made.replace("</rdf:RDF>", ACCESSIBLE) + END
    old = next(thing for thing in file.objects if file.catalog["Metadata"] == thing.reference)
    old.stream, old.compress = [text.encode()], False
