"""Organizations as enti."""

from referenti.models import Ente, TipoEnte
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.hsds.pacchetto.scrittore import NomiUnici, stesso_nome, tagliato

_TIPI = {str(tipo.label): tipo for tipo in TipoEnte}


def porta_enti(lavoro: Lavoro) -> None:
    """Make or bring up to date the enti of the package: known by their key, else by their name."""
    righe = lavoro.pacchetto.righe("organization")
    presenti = {ente.pk: ente for ente in Ente.objects.all()}
    per_nome = {ente.denominazione: ente for ente in presenti.values()}
    chiavi = {riga.chiave for riga in righe}
    nomi = NomiUnici(((nome,) for nome in per_nome), 160)
    for riga in righe:
        omonimo = per_nome.get(riga["name"].strip())
        ente = presenti.get(riga.chiave) or (omonimo if omonimo and omonimo.pk not in chiavi else None)
        if ente is not None and ente is omonimo:
            per_nome.pop(ente.denominazione)  # the next of the same name is another one
        valori = lavoro.valori(
            "organization",
            riga,
            nome_breve=("alternate_name", lambda testo: tagliato(testo, 60)),
            descrizione=("description", lambda testo: "" if testo in _TIPI else testo),
        )
        if ente is None or (omonimo is not ente and not stesso_nome(ente.denominazione, riga["name"])):
            valori["denominazione"] = nomi.libero(riga["name"])
        if ente is None:
            tipo = _TIPI.get(riga["description"], TipoEnte.ALTRO)
            valori |= {
                "uuid": riga.chiave,
                "tipo": tipo,
                "fonte": tagliato(f"Pacchetto HSDS: {lavoro.pacchetto.nome}", 200),
            }
        ente = lavoro.scrive(Ente, ente, **valori)
        if ente is not None:
            lavoro.prende("organization", riga, ente)
    _padri(lavoro, presenti)


def _padri(lavoro: Lavoro, presenti: dict) -> None:
    if not lavoro.pacchetto.ha("organization", "parent_organization_id"):
        return
    for riga in lavoro.pacchetto.righe("organization"):
        ente = lavoro.nostri.get(("organization", riga.chiave))
        chiave = riga["parent_organization_id"]
        padre = lavoro.trova("organization", chiave) or next(
            (e for e in presenti.values() if str(e.pk) == chiave), None
        )
        if ente is None or padre is ente or (chiave and padre is None) or ente.padre_id == (padre and padre.pk):
            continue
        if padre is None and ente.pk not in lavoro.creati:
            continue  # who is part of whom is not undone by a package that does not say so
        if ente.pk in lavoro.creati:
            ente.padre = padre
        else:
            lavoro.scrive(Ente, ente, padre_id=padre.pk)
