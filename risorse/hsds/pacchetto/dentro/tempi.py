"""Schedules as orari, what an alert says of closures as chiusure, languages as lingue parlate."""

import re
from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from django.utils.dateparse import parse_date

from risorse.hsds.chiavi import chiave
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.hsds.pacchetto.leggi import Riga
from risorse.hsds.pacchetto.scrittore import MOTIVO, tagliato
from risorse.hsds.parametri import GIORNI
from risorse.models import Chiusura, Lingua, LinguaParlata, Orario

_PADRONI = {
    "service_id": ("service", "risorsa"),
    "service_at_location_id": ("service_at_location", "in_sede"),
    "location_id": ("location", "sede"),
}
_CHIUSO = re.compile(r"Chiuso dal (\d\d/\d\d/\d{4}) al (\d\d/\d\d/\d{4})(?:: (.{1,120}))?")
_CON_QUANDO = re.compile(r"(.{1,120}?)(?: \((.{1,80})\))?")
APPUNTAMENTO = "Solo su appuntamento"
_ALTRE_REGOLE = ("count", "until", "interval", "byweekno", "bymonthday", "byyearday", "dtstart")
# In the order in which `righe.luoghi` makes the key of the days that share these hours.
_CAMPI = ("risorsa_id", "in_sede_id", "sede_id", "dalle", "alle", "su_appuntamento", "valido_dal", "valido_al", "nota")


def porta_orari(lavoro: Lavoro) -> None:
    """Weekly hours; for who is in the package they replace those there are. Other rules are kept aside."""
    if "schedule" not in lavoro.pacchetto.tavole:
        return
    voluti: dict[tuple, dict[int, Any]] = {}
    padroni: set = set()
    for riga in lavoro.pacchetto.righe("schedule"):
        letto = _orario(lavoro, riga)
        if letto is None:
            continue
        comuni, giorni, padrone = letto
        firma = tuple(comuni.get(nome) for nome in _CAMPI)
        padroni.add(padrone)
        if firma not in voluti or not set(giorni) & set(voluti[firma]):
            for giorno in giorni:
                voluti.setdefault(firma, {})[giorno] = (comuni, chiave("orario-di", riga.chiave, giorno))
            lavoro.prende("schedule", riga, riga, chiave("orario", *firma))
    _togli_superati(lavoro, voluti, padroni)
    for giorni_voluti in voluti.values():
        for giorno, (comuni, uuid) in giorni_voluti.items():
            lavoro.scrive(Orario, None, uuid=uuid, giorno=giorno, **comuni)


def _togli_superati(lavoro: Lavoro, voluti: dict[tuple, dict[int, Any]], padroni: set) -> None:
    """Delete the hours of the owners that are not wanted, and take those that are there already off what is wanted."""
    for orario in Orario.objects.all():
        if (orario.risorsa_id or orario.in_sede_id or orario.sede_id) in padroni:
            firma = tuple(getattr(orario, nome) for nome in _CAMPI)
            if voluti.get(firma, {}).pop(orario.giorno, None) is None:
                orario._history_user, orario._change_reason = lavoro.autore, MOTIVO
                lavoro.tolti.append(orario)
                chiave_tolta = orario.pk
                orario.delete()
                orario.pk = chiave_tolta
            else:
                lavoro.scrittore(Orario).invariate += 1


def _orario(lavoro: Lavoro, riga: Riga) -> tuple[dict[str, Any], list[int], Any] | None:
    detti = [(nome, riga[nome]) for nome in _PADRONI if riga[nome]]
    giorni = [giorno.strip().upper() for giorno in riga["byday"].split(",")]
    if len(detti) != 1 or riga["freq"].upper() != "WEEKLY" or not set(giorni) <= set(GIORNI):
        return None
    if any(riga[nome] for nome in _ALTRE_REGOLE if not (nome == "interval" and riga[nome] == "1")):
        return None
    tabella, campo = _PADRONI[detti[0][0]]
    padrone, dalle, alle = lavoro.trova(tabella, detti[0][1]), _ora(riga["opens_at"]), _ora(riga["closes_at"])
    dal, al = _giorno(riga["valid_from"]), _giorno(riga["valid_to"])
    sbagliate = (riga["valid_from"] and not dal) or (riga["valid_to"] and not al) or (dal and al and dal > al)
    if padrone is None or dalle is None or alle is None or sbagliate or (dalle >= alle and alle != time()):
        return None
    comuni = {
        f"{campo}_id": padrone.pk,
        "dalle": dalle,
        "alle": alle,
        "su_appuntamento": riga["attending_type"] == APPUNTAMENTO,
        "valido_dal": dal,
        "valido_al": al,
        "nota": tagliato(riga["notes"] or riga["description"], 200),
    }
    return comuni, [GIORNI.index(giorno) + 1 for giorno in dict.fromkeys(giorni)], padrone.pk


def _ora(testo: str) -> time | None:
    """HH:MM, whatever offset follows: the hours of a desk are those of the clock on its wall."""
    trovata = re.match(r"([01]\d|2[0-4]):([0-5]\d)", testo.strip())
    if not trovata:
        return None
    ore, minuti = int(trovata[1]), int(trovata[2])
    return time(0 if ore == 24 else ore, minuti) if ore < 24 or minuti == 0 else None


def _giorno(testo: str) -> date | None:
    try:
        return parse_date(testo.strip()[:10])
    except ValueError:
        return None


def porta_chiusure(lavoro: Lavoro) -> None:
    """The closures that our own packages say in words; each once."""
    presenti = {(c.risorsa_id or c.sede_id or c.ente_id, c.dal, c.al, c.motivo) for c in Chiusura.objects.all()}
    for tabella, colonna, campo in (("service", "alert", "risorsa"), ("location", "description", "sede")):
        for riga in lavoro.pacchetto.righe(tabella):
            oggetto = lavoro.nostri.get((tabella, riga.chiave))
            for parte in riga[colonna].split(" · ") if oggetto is not None else ():
                trovata = _CHIUSO.fullmatch(parte)
                dal, al = (_data(trovata[1]), _data(trovata[2])) if trovata else (None, None)
                if not (trovata and dal and al and dal <= al):
                    continue
                motivo = trovata[3] or ""
                padroni = {oggetto.pk, getattr(oggetto, "ente_id", None)}
                if not any((padrone, dal, al, motivo) in presenti for padrone in padroni):
                    presenti.add((oggetto.pk, dal, al, motivo))
                    lavoro.scrive(Chiusura, None, **{campo: oggetto}, dal=dal, al=al, motivo=motivo)


def _data(testo: str) -> date | None:
    try:
        return datetime.strptime(testo, "%d/%m/%Y").date()  # noqa: DTZ007 - a day, wherever one is
    except ValueError:
        return None


class _Lingue:
    """The languages there are, and who speaks which: each once, with the staff and with a mediator."""

    def __init__(self, lavoro: Lavoro):
        self.lavoro = lavoro
        self.per_nome = {lingua.nome: lingua for lingua in Lingua.objects.all()}
        self.per_codice: dict[str, list[Lingua]] = defaultdict(list)
        for lingua in self.per_nome.values():
            self.per_codice[lingua.codice.partition("-")[0]].append(lingua)
        self.presenti = {(p.risorsa_id, p.lingua_id, p.con_mediatore): p for p in LinguaParlata.objects.all()}
        self.usate: set = set()

    def quale(self, nome: str, codice: str) -> Lingua | None:
        """The language of this name, else the only one of this code."""
        uguali = self.per_codice.get(codice.lower(), [])
        return self.per_nome.get(nome) or (uguali[0] if len(uguali) == 1 else None)

    def parla(
        self, uuid: Any, servizio: Any, lingua: Lingua, quando: str, *, con_mediatore: bool
    ) -> LinguaParlata | None:
        """The row that says so, made or brought up to date; None the second time."""
        posto = (servizio.pk, lingua.pk, con_mediatore)
        if posto in self.usate:
            return None
        self.usate.add(posto)
        valori: dict[str, Any] = {"quando": tagliato(quando, 80)}
        if posto not in self.presenti:
            valori |= {"uuid": uuid, "risorsa": servizio, "lingua": lingua, "con_mediatore": con_mediatore}
        return self.lavoro.scrive(LinguaParlata, self.presenti.get(posto), **valori)


def porta_lingue(lavoro: Lavoro) -> None:
    """Languages of the staff, and those with a mediator that our own packages say in words. Unknown ones are kept aside."""
    lingue = _Lingue(lavoro)
    for riga in lavoro.pacchetto.righe("language"):
        servizio = None if riga["phone_id"] or riga["location_id"] else lavoro.trova("service", riga["service_id"])
        lingua = lingue.quale(riga["name"], riga["code"])
        if servizio is not None and lingua is not None:
            parlata = lingue.parla(riga.chiave, servizio, lingua, riga["note"], con_mediatore=False)
            if parlata is not None:
                lavoro.prende("language", riga, parlata)
    for riga in lavoro.pacchetto.righe("service"):
        servizio = lavoro.nostri.get(("service", riga.chiave))
        if servizio is not None and riga["interpretation_services"]:
            _con_mediatore(lingue, servizio, riga["interpretation_services"])


def _con_mediatore(lingue: _Lingue, servizio: Any, testo: str) -> None:
    parti = [_CON_QUANDO.fullmatch(parte) for parte in testo.split("; ")]
    if all(parte and parte[1] in lingue.per_nome for parte in parti):
        for nome, quando in ((parte[1], parte[2] or "") for parte in parti if parte):
            uuid = chiave("mediazione", servizio.pk, nome)
            lingue.parla(uuid, servizio, lingue.per_nome[nome], quando, con_mediatore=True)
