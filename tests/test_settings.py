"""Settings: where they come from, which wins, and what a user is told about a wrong one."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from flows import settings
from flows.catalogue import ROOT
from flows.settings import Misconfigured

HIDDEN = "Zwaluw-4711-stil"
MAIL = """
mail:
  server: smtp.voorbeeld.nl
  van: voortgang@voorbeeld.nl
  aan: regie@voorbeeld.nl
"""
LOGIN = f"{MAIL}  gebruiker: voortgang\n  wachtwoord: {HIDDEN}\n"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty state folder, and an environment without settings."""
    for name in [name for name in os.environ if name.startswith("VOORTGANG_") and name != "VOORTGANG_STATE"]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(settings, "STATE", tmp_path)
    return tmp_path


def write(state: Path, text: str) -> None:
    (state / "instellingen.yaml").write_text(text, encoding="utf-8")


def complaint() -> str:
    """What load() says; the password and what pydantic says are nowhere in it, nor in its traceback."""
    with pytest.raises(Misconfigured) as caught:
        settings.load()
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    whole = "".join(traceback.format_exception(caught.value))
    assert HIDDEN not in whole and "validation error" not in whole and "Input should" not in whole
    return str(caught.value)


def test_without_file_and_environment_everything_has_a_default() -> None:
    found = settings.load()
    assert (found.inputs, found.outputs, found.poort, found.tijd, found.mail) == (
        "inputs",
        "outputs",
        4200,
        "06:00",
        None,
    )
    assert (found.cron, found.cron_before) == ("0 6 * * *", "0 5 * * *")


def test_the_variables_that_are_no_settings_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOORTGANG_STATE", "/srv/voortgang")
    monkeypatch.setenv("VOORTGANG_STARTED_BY", "1")
    assert settings.load().poort == 4200


@pytest.mark.parametrize("text", ["", "# niets\n", "poort:\nmail: ~\n"])
def test_what_is_empty_in_the_file_is_not_set(state: Path, text: str) -> None:
    write(state, text)
    assert settings.load() == settings.Settings.model_construct()


def test_values_of_the_file_are_read_as_typed(state: Path) -> None:
    write(state, "inputs: s3://emmer/inputs\npoort: 4300\ntijd: 10:30\n" + MAIL.replace("regie@", "no@"))
    found = settings.load()
    assert (found.inputs, found.poort, found.tijd, found.cron) == ("s3://emmer/inputs", 4300, "10:30", "30 10 * * *")
    assert found.mail is not None and found.mail.aan == ("no@voorbeeld.nl",)


@pytest.mark.parametrize("password", ["0123", "no", "niet-leeg", "1e3", "~kort"])
def test_a_password_is_taken_as_typed(state: Path, password: str) -> None:
    write(state, f"{MAIL}  gebruiker: voortgang\n  wachtwoord: {password}\n")
    found = settings.load().mail
    assert found and found.password and found.password.get_secret_value() == password


def test_the_environment_wins_over_the_file_value_by_value(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(state, "poort: 4300\ntijd: 07:15\n" + LOGIN)
    monkeypatch.setenv("VOORTGANG_POORT", "4400")
    monkeypatch.setenv("VOORTGANG_TIJD", "")
    monkeypatch.setenv("VOORTGANG_MAIL__SERVER", "relay.intern")
    found = settings.load()
    assert (found.poort, found.tijd) == (4400, "07:15")
    assert found.mail and (found.mail.server, found.mail.van) == ("relay.intern", "voortgang@voorbeeld.nl")


def test_mail_can_be_set_by_the_environment_alone_with_addresses_between_commas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VOORTGANG_MAIL__SERVER", "relay.intern")
    monkeypatch.setenv("VOORTGANG_MAIL__VAN", "voortgang@voorbeeld.nl")
    monkeypatch.setenv("VOORTGANG_MAIL__AAN", "a@voorbeeld.nl, b@voorbeeld.nl,")
    found = settings.load().mail
    assert found and found.aan == ("a@voorbeeld.nl", "b@voorbeeld.nl")


def test_addresses_in_the_file_may_be_a_list(state: Path) -> None:
    write(state, MAIL.replace("regie@voorbeeld.nl", "[a@voorbeeld.nl, b@voorbeeld.nl]"))
    found = settings.load().mail
    assert found and found.aan == ("a@voorbeeld.nl", "b@voorbeeld.nl")


@pytest.mark.parametrize(
    ("line", "port"),
    [
        ("", 587),
        ("beveiliging: starttls", 587),
        ("beveiliging: tls", 465),
        ("beveiliging: geen", 25),
        ("poort: 2525", 2525),
    ],
)
def test_the_port_of_the_mail_server_follows_from_the_security(state: Path, line: str, port: int) -> None:
    write(state, f"{MAIL}  {line}\n")
    found = settings.load().mail
    assert found and found.poort == port


def test_a_password_may_lie_in_a_file_beside_the_settings(state: Path) -> None:
    write(state, f"{MAIL}  gebruiker: voortgang\n  wachtwoord_bestand: mail.wachtwoord\n")
    (state / "mail.wachtwoord").write_text(f"{HIDDEN}\n")
    found = settings.load()
    assert found.mail and found.mail.password and found.mail.password.get_secret_value() == HIDDEN
    assert HIDDEN not in f"{found} {found!r} {found.mail!r} {found.model_dump()} {found.model_dump_json()}"


def test_a_password_is_in_no_text_made_of_the_settings(state: Path) -> None:
    write(state, LOGIN)
    found = settings.load()
    assert found.mail and found.mail.password and found.mail.password.get_secret_value() == HIDDEN
    assert HIDDEN not in f"{found} {found!r} {found.mail!r} {found.model_dump()} {found.model_dump_json()}"


FILE, ENVIRONMENT = "het bestand {state}/instellingen.yaml", "de omgevingsvariabele {name}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "poort: 99999",
            f"De instelling poort in {FILE} klopt niet; toegestaan is een getal van 1 tot en met 65535.",
        ),
        ("poort: [1]", f"De instelling poort in {FILE} klopt niet; toegestaan is een getal van 1 tot en met 65535."),
        (
            "tijd: 24:00",
            f"De instelling tijd in {FILE} klopt niet; toegestaan is een tijd als 06:00, in uren en minuten van twee cijfers.",
        ),
        (
            "tijd: 6 uur",
            f"De instelling tijd in {FILE} klopt niet; toegestaan is een tijd als 06:00, in uren en minuten van twee cijfers.",
        ),
        ("mail: ja", f"De instelling mail in {FILE} klopt niet; toegestaan is een groep met server, van en aan."),
        (
            "port: 4200",
            f"De instelling port in {FILE} is onbekend; toegestaan zijn op die plaats inputs, outputs, poort, tijd, mail, kamerregister, huisstijl.",
        ),
        (
            MAIL.replace("server", "servre"),
            (
                f"De instelling mail.servre in {FILE} is onbekend; toegestaan zijn op die plaats "
                "server, beveiliging, poort, gebruiker, wachtwoord, wachtwoord_bestand, van, aan, ministeries."
            ),
        ),
        (
            MAIL.replace("  server: smtp.voorbeeld.nl\n", ""),
            (
                f"De instelling mail.server ontbreekt; vul die in, in {FILE} of als omgevingsvariabele VOORTGANG_MAIL__SERVER: "
                "de naam van een mailserver, zoals smtp.voorbeeld.nl."
            ),
        ),
        (
            MAIL.replace("smtp.voorbeeld.nl", "smtp://voorbeeld.nl"),
            f"De instelling mail.server in {FILE} klopt niet; toegestaan is de naam van een mailserver, zoals smtp.voorbeeld.nl.",
        ),
        (
            MAIL.replace("regie@voorbeeld.nl", '"regie@voorbeeld.nl\\nBcc: x@elders.nl"'),
            f"De instelling mail.aan in {FILE} klopt niet; toegestaan is een of meer e-mailadressen, als lijst of met komma’s ertussen.",
        ),
        (
            MAIL.replace("regie@voorbeeld.nl", "','"),
            f"De instelling mail.aan in {FILE} klopt niet; toegestaan is een of meer e-mailadressen, als lijst of met komma’s ertussen.",
        ),
        (
            f"{MAIL}  beveiliging: ssl\n",
            f"De instelling mail.beveiliging in {FILE} klopt niet; toegestaan is starttls, tls of geen.",
        ),
        (
            f"{MAIL}  gebruiker: voortgang\n",
            (
                f"De instelling mail.wachtwoord ontbreekt; vul die in, in {FILE} of als omgevingsvariabele VOORTGANG_MAIL__WACHTWOORD: "
                "een wachtwoord van letters zonder accent, cijfers en leestekens."
            ),
        ),
        (
            f"{MAIL}  gebruiker: voortgang\n  wachtwoord: {HIDDEN}ë\n",
            (
                f"De instelling mail.wachtwoord in {FILE} klopt niet; "
                "toegestaan is een wachtwoord van letters zonder accent, cijfers en leestekens."
            ),
        ),
        (
            f"{MAIL}  gebruiker: voortgang\n  wachtwoord: [{HIDDEN}]\n",
            (
                f"De instelling mail.wachtwoord in {FILE} klopt niet; "
                "toegestaan is een wachtwoord van letters zonder accent, cijfers en leestekens."
            ),
        ),
        (
            f"{MAIL}  gebruiker: voortgang\n  wachtwoord_bestand: er-niet\n",
            (
                f"De instelling mail.wachtwoord_bestand in {FILE} klopt niet; toegestaan is het pad van een leesbaar bestand "
                "met alleen het wachtwoord, van letters zonder accent, cijfers en leestekens."
            ),
        ),
        (
            f"{LOGIN}  wachtwoord_bestand: ook\n",
            (
                f"Het wachtwoord voor de mail is twee keer ingesteld; geef mail.wachtwoord of mail.wachtwoord_bestand, "
                f"in {FILE} of in de omgeving, en niet allebei."
            ),
        ),
        (
            f"{MAIL}  ministeries: altijd\n",
            f"De instelling mail.ministeries in {FILE} klopt niet; toegestaan is ja of nee.",
        ),
        (
            f"{LOGIN}  beveiliging: geen\n",
            (
                f"De instelling mail.beveiliging in {FILE} klopt niet; met een gebruiker en een wachtwoord is alleen starttls of tls "
                "toegestaan, omdat het wachtwoord anders leesbaar over het netwerk gaat."
            ),
        ),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(state: Path, text: str, sentence: str) -> None:
    write(state, text)
    assert complaint() == sentence.format(state=state)


@pytest.mark.parametrize(
    ("name", "value", "setting"),
    [
        ("VOORTGANG_POORT", "nul", "poort"),
        ("VOORTGANG_MAIL__POORT", "0", "mail.poort"),
        ("VOORTGANG_MAIL__SERVRE", "relay", "mail.servre"),
        ("VOORTGANG_MAIL", f'["{HIDDEN}', "mail"),
        ("VOORTGANG_MAIL__WACHTWOORD", f"{HIDDEN}\n", "mail.wachtwoord"),
    ],
)
def test_a_wrong_variable_in_the_environment_is_named(
    state: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, setting: str
) -> None:
    if "__" in name:
        write(state, MAIL + "  gebruiker: voortgang\n" * ("WACHTWOORD" in name))
    monkeypatch.setenv(name, value)
    assert complaint().startswith(f"De instelling {setting} in de omgevingsvariabele {name} ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"poort: 4200\nmail:\n  wachtwoord: {HIDDEN}\n van: x\n", 4),
        (f"mail:\n  wachtwoord: 'a' {HIDDEN}\n", 2),
        (f"- {HIDDEN}\n", 1),
        (HIDDEN, 1),
        ("~: 1\n", 1),
        ("[a]: 1\n", 1),
    ],
)
def test_a_file_that_is_no_yaml_is_named_with_the_line(state: Path, text: str, line: int) -> None:
    write(state, text)
    told = complaint()
    assert (
        told == f"Het bestand {state}/instellingen.yaml is geen leesbaar instellingenbestand; controleer regel {line} "
        "(elke regel is ‘naam: waarde’, en wat bij mail hoort, springt twee spaties in)."
    )


def test_a_file_of_other_bytes_is_refused(state: Path) -> None:
    (state / "instellingen.yaml").write_bytes(b"PK\x03\x04\xff\xfe\x00")
    assert "is geen leesbaar instellingenbestand" in complaint()


def test_a_file_that_cannot_be_opened_is_named(state: Path) -> None:
    (state / "instellingen.yaml").mkdir()
    assert complaint() == (
        f"Het bestand {state}/instellingen.yaml kan niet worden gelezen; controleer of u het mag lezen."
    )


def test_the_error_travels_between_processes() -> None:
    assert str(pickle.loads(pickle.dumps(Misconfigured("Zo is het.")))) == "Zo is het."


def test_settings_and_mail_are_known_without_prefect() -> None:
    code = "import sys, flows.notify; sys.exit(any(name.split('.')[0] == 'prefect' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
