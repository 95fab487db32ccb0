"""What a run is asked for, and the rules it goes by: a quarter with its folders, and everything in expectations/, loaded."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from flows.catalogue import EXPECTATIONS, load_contract, load_rules
from flows.gather.raw import sha256
from flows.gather.steering import FILE
from flows.model.contract import Contract
from flows.model.delivery import Ministerie, Origin
from flows.model.finding import Finding, Regels, Stop
from flows.model.place import Place, place
from flows.model.quarter import Kwartaal
from flows.validate.suites import Suite, load_suites, rules

ZONE = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a quarter, and where its folders are."""

    kwartaal: Kwartaal
    inputs: Place
    outputs: Place

    @classmethod
    def of(cls, kwartaal: str, inputs: str, outputs: str, regels: Regels) -> Order:
        """The order as typed; raises Stop where the quarter is none, or has no folder, or an empty one."""
        try:
            quarter = Kwartaal.parse(kwartaal)
        except ValueError:
            raise Stop(regels.finding("kwartaal-onleesbaar", Origin(kwartaal), value=kwartaal)) from None
        source = known(inputs, regels) / str(quarter)
        order = cls(quarter, source, known(outputs, regels) / str(quarter))
        if not is_folder(source, regels):
            raise Stop(regels.finding("kwartaal-onbekend", Origin(str(source)), map=source))
        files = [path.name for path in order.files(regels)]
        if FILE not in files:
            rule = "regie-ontbreekt" if files else "map-leeg"
            raise Stop(regels.finding(rule, Origin(str(source)), map=source))
        return order

    def files(self, regels: Regels) -> tuple[Place, ...]:
        """The files in the quarter's folder; raises Stop where that cannot be reached, or is no longer there."""
        try:
            return input_files(self.inputs)
        except OSError as error:
            raise Stop(regels.finding("map-onleesbaar", Origin(str(self.inputs)), map=self.inputs)) from error

    def misnamed(self, regels: Regels) -> tuple[Finding, ...]:
        """A finding for each file whose name cannot be shown, and which is therefore no input."""
        names: list[str] = []
        with suppress(OSError):  # a folder that is gone is told by `files`
            names = sorted(path.name for path in self.inputs.iterdir() if not _showable(path.name))
        return tuple(regels.finding("bestand-naam", Origin(_shown(name))) for name in names)


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything in expectations/, loaded."""

    contract: Contract
    suites: tuple[Suite, ...]
    regels: Regels

    @classmethod
    def load(cls) -> Rules:
        contract = load_contract(EXPECTATIONS)
        suites = load_suites(EXPECTATIONS, contract)
        return cls(contract, suites, Regels(load_rules(EXPECTATIONS) | rules(suites)))


def known(text: str, regels: Regels) -> Place:
    """The place that a text names; raises Stop for an address of an unknown kind."""
    try:
        return place(text)
    except ValueError:
        raise Stop(regels.finding("adres-onbekend", Origin(""))) from None


def is_folder(folder: Place, regels: Regels) -> bool:
    """Whether a place is a folder that is there; raises Stop where that cannot be known."""
    try:
        return folder.is_dir()
    except OSError as error:
        raise Stop(regels.finding("map-onleesbaar", Origin(str(folder)), map=folder)) from error


def quarters(inputs: Place) -> tuple[Kwartaal, ...]:
    """The quarters that have a folder in `inputs` (`2026-Q3`, as the commands write it), oldest first; raises OSError."""
    found = []
    for path in inputs.iterdir():
        with suppress(ValueError):
            quarter = Kwartaal.parse(path.name)
            if str(quarter) == path.name and path.is_dir():
                found.append(quarter)
    return tuple(sorted(found))


def newest_prepared(inputs: str, regels: Regels) -> Kwartaal | None:
    """The newest quarter that has a regie.xlsx; raises Stop where that cannot be known."""
    try:
        folder = known(inputs, regels)
        return max((one for one in quarters(folder) if (folder / str(one) / FILE).is_file()), default=None)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Stop(regels.finding("map-onleesbaar", Origin(inputs), map=inputs)) from error


def due_date(ministeries: Iterable[Ministerie]) -> date | None:
    """The day after the last Uiterste leverdatum; None where none is given."""
    days = [ministerie.leverdatum for ministerie in ministeries if ministerie.leverdatum]
    return max(days) + timedelta(days=1) if days else None


def input_files(folder: Place) -> tuple[Place, ...]:
    """The files of a quarter by name, without what systems and spreadsheet programs leave behind."""
    return tuple(sorted((path for path in folder.iterdir() if not ignored(path.name)), key=lambda path: path.name))


def ignored(name: str) -> bool:
    """Whether a file of that name is no input: what systems and spreadsheet programs leave behind, or a name nobody can show."""
    return name.startswith((".", "~$")) or name.casefold() in {"thumbs.db", "desktop.ini"} or not _showable(name)


def _showable(name: str) -> bool:
    """Whether a name is made of signs that can be seen: no line ends, no direction marks, no bytes that are no text."""
    return name.replace("\u00a0", " ").isprintable()


def _shown(name: str) -> str:
    return "".join(sign if _showable(sign) else "\ufffd" for sign in name)


def input_digests(files: Iterable[Place]) -> dict[str, str]:
    """The SHA-256 of each file by name; empty for one that cannot be read."""
    digests = {}
    for path in files:
        if path.is_file():
            try:
                digests[path.name] = sha256(path)
            except OSError:
                digests[path.name] = ""
    return digests
