"""Settings: what a department sets once. In: `instellingen.yaml` in the state folder, and the environment, which wins.

Out: `Settings`, frozen and checked, or `Misconfigured` with one Dutch sentence. The only module that reads either; it imports
nothing of Prefect. A password is in no text that it makes.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self, cast

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, InitSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from flows.catalogue import sayings
from flows.runtime import STATE

FILE = "instellingen.yaml"
PREFIX, DELIMITER = "VOORTGANG_", "__"
PORTS = {"starttls": 587, "tls": 465, "geen": 25}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@" + _HOST.pattern)
_NULL = "tag:yaml.org,2002:null"


class Misconfigured(Exception):
    """A setting is wrong; its argument is the sentence that says which, and what is allowed."""


class _Typed(yaml.BaseLoader):
    """YAML with every value as typed: `10:30` is no number, nor is a password of digits. Only nothing is nothing."""


_Typed.add_implicit_resolver(_NULL, re.compile(r"(~|null)?\Z"), ["~", "n", ""])
_Typed.add_constructor(_NULL, lambda _loader, _node: None)


def _host(text: str) -> str:
    with suppress(ValueError):
        return str(ip_address(text))
    return _matched(_HOST, text)


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError
    return text


def _theme(folder: Path) -> Path:
    found = folder.expanduser().resolve()
    if not (found / "theme.css").is_file():
        raise ValueError
    return found


def _listed(value: Any) -> Any:
    """A list that was typed as one text with commas."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _sendable(secret: SecretStr) -> SecretStr:
    """A password of printable ASCII: smtplib sends no other."""
    if not re.fullmatch(r"[ -~]+", secret.get_secret_value()):
        raise ValueError
    return secret


Folder = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Port = Annotated[int, Field(ge=1, le=65535)]
Time = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Name = Annotated[str, StringConstraints(pattern=r"^[!-~]+$")]
Host = Annotated[str, AfterValidator(_host)]
Address = Annotated[str, AfterValidator(lambda text: _matched(_ADDRESS, text))]
Addresses = Annotated[tuple[Address, ...], NoDecode, BeforeValidator(_listed), Field(min_length=1)]
Web = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]+$")]
Theme = Annotated[Path, AfterValidator(_theme)]
Secret = Annotated[SecretStr, AfterValidator(_sendable)]


class Mail(BaseModel):
    """How mail is sent, and to whom. `ministeries`: whether each gets its own feedback, of the drop folder's checks."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    server: Host
    beveiliging: Literal["starttls", "tls", "geen"] = "starttls"
    poort: Port = Field(default_factory=lambda chosen: PORTS[chosen.get("beveiliging", "starttls")])
    gebruiker: Name | None = None
    wachtwoord: Secret | None = None
    wachtwoord_bestand: Path | None = None
    van: Address
    aan: Addresses
    ministeries: Literal["ja", "nee"] = "nee"

    _password: SecretStr | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        given = self.wachtwoord is not None or self.wachtwoord_bestand is not None
        if self.wachtwoord is not None and self.wachtwoord_bestand is not None:
            raise _wrong("dubbel", "wachtwoord")
        if given != (self.gebruiker is not None):
            raise _wrong("missing", "gebruiker" if given else "wachtwoord")
        if given and self.beveiliging == "geen":
            raise _wrong("onversleuteld", "beveiliging")
        self._password = self.wachtwoord if self.wachtwoord_bestand is None else _held(self.wachtwoord_bestand)
        return self

    @property
    def password(self) -> SecretStr | None:
        """The password, wherever it was set."""
        return self._password


class Kamerregister(BaseModel):
    """The file in which the register of papers is kept (relative to the state folder), and the two services that fill it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    bestand: Path = Path("register.sqlite")
    tweede_kamer: Web = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/"
    bekendmakingen: Web = "https://repository.overheid.nl/sru"

    @property
    def path(self) -> Path:
        return STATE / self.bestand.expanduser()


class Settings(BaseSettings):
    """All settings. `inputs` and `outputs` may be addresses such as s3://; `tijd` is Dutch time.

    `huisstijl` is a folder that takes the place of templates/theme.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=DELIMITER,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    inputs: Folder = "inputs"
    outputs: Folder = "outputs"
    poort: Port = 4200
    tijd: Time = "06:00"
    mail: Mail | None = None
    kamerregister: Kamerregister = Kamerregister()
    huisstijl: Theme | None = None

    @property
    def cron(self) -> str:
        """Every day at `tijd`, as cron writes it."""
        return self._daily(0)

    @property
    def cron_before(self) -> str:
        """Every day an hour before that."""
        return self._daily(1)

    def _daily(self, earlier: int) -> str:
        hour, minute = map(int, self.tijd.split(":"))
        return f"{minute} {(hour - earlier) % 24} * * *"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, InitSettingsSource(settings_cls, _read(STATE / FILE))


_SECTIONS: dict[str, type[BaseModel]] = {"mail": Mail, "kamerregister": Kamerregister}


def load() -> Settings:
    """The settings; raises Misconfigured."""
    try:
        return Settings()
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    raise Misconfigured(_sentence(min(errors, key=lambda error: error["type"] != "extra_forbidden")))


def is_address(text: str) -> bool:
    """Whether mail can be sent to it."""
    return _ADDRESS.fullmatch(text) is not None


def register_file() -> Path:
    """Where the register of papers is; in its usual place where a setting is wrong, which is told elsewhere."""
    with suppress(Misconfigured):
        return load().kamerregister.path
    return Kamerregister().path


def _read(path: Path) -> dict[str, Any]:
    words, line = sayings("instellingen"), 1
    try:
        data = yaml.load(path.read_bytes(), Loader=_Typed)
        if data is None:
            return {}
        if isinstance(data, dict) and all(isinstance(key, str) for key in data):
            return {key: value for key, value in data.items() if value is not None}
    except FileNotFoundError:
        return {}
    except OSError:
        line = 0
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 1 if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark else 1
    raise Misconfigured(words["geen_yaml" if line else "gesloten"].format(bestand=path, regel=line))


def _held(path: Path) -> SecretStr:
    """The password that a file holds; a relative path starts at the state folder."""
    with suppress(OSError, ValueError, RuntimeError):
        text = (STATE / path.expanduser()).read_text(encoding="utf-8")
        return _sendable(SecretStr(text.rstrip("\r\n")))
    raise _wrong("value_error", "wachtwoord_bestand")


def _wrong(kind: Literal["dubbel", "missing", "onversleuteld", "value_error"], key: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "{key}", {"key": key})


def _sentence(error: ErrorDetails) -> str:
    """What is wrong, from pydantic's account of it; none of its words, and no value."""
    words = sayings("instellingen")
    allowed = cast("dict[str, str]", words["toegestaan"])
    keys = [str(part) for part in error["loc"] if isinstance(part, str)]
    if key := error.get("ctx", {}).get("key"):
        keys.append(str(key))
    name = ".".join(keys)
    details = {
        "sleutel": name if re.fullmatch(r"[\w.-]{1,60}", name) else "?",
        "bron": _source(keys),
        "bestand": STATE / FILE,
        "omgeving": _variable(keys),
        "bekend": ", ".join((_SECTIONS[keys[0]] if len(keys) > 1 else Settings).model_fields),
        "toegestaan": allowed.get(name, allowed["mail"]),
    }
    kind = {"extra_forbidden": "onbekend", "missing": "ontbreekt"}.get(error["type"], error["type"])
    return words.get(kind, words["fout"]).format_map(details)


def _source(keys: list[str]) -> str:
    """Where a value was set: the variable in the environment that holds it, else the file."""
    words = sayings("instellingen")
    set_there = {name.upper() for name, value in os.environ.items() if value}
    for length in range(len(keys), 0, -1):
        if (name := _variable(keys[:length])) in set_there:
            return words["uit_omgeving"].format(omgeving=name)
    return words["uit_bestand"].format(bestand=STATE / FILE)


def _variable(keys: list[str]) -> str:
    return PREFIX + DELIMITER.join(keys).upper()
