"""The leaflet of a comune about one thing in one language: what it says, ready for `templates/documenti/volantino.typ`."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from referenti.models import Comune
from risorse.models import AreaServita, Categoria, Contatto, Risorsa, Sede, TipoContatto, TipoSede
from risorse.servizi.traduzioni import traduci
from tavolo.base.documenti import pdf, qr
from tavolo.base.italiano import elidi

# More than this nobody reads on paper: the rest is on the site.
SERVIZI_MASSIMI = 40
_PRIMA = ("lingue_parlate__lingua", "documenti", "contatti", "in_sedi__sede__contatti")


def volantino(comune: Comune, categoria: Categoria, *, indirizzo: str) -> bytes:
    """The PDF in the active language; `indirizzo` is the whole address of the page it is the paper of."""
    return pdf("documenti/volantino.typ", dati_volantino(comune, categoria, indirizzo=indirizzo))


def dati_volantino(comune: Comune, categoria: Categoria, *, indirizzo: str) -> dict[str, Any]:
    """The words of the leaflet: services of the comune first, then the Ambito's, then national ones."""
    trovati = Risorsa.objects.attive().che_servono(comune).della_categoria(categoria)
    quanti = trovati.count()
    servizi = list(trovati.per_vicinanza_di_territorio().con_orari().prefetch_related(*_PRIMA)[:SERVIZI_MASSIMI])
    numeri = list(Contatto.objects.di_emergenza())
    traduci(servizi, numeri, categoria)
    descrizione = categoria.scritto("descrizione")
    con_esempi = any(servizio.esempio for servizio in servizi)
    return {
        "lingua": get_language(),
        "tavolo": gettext("Tavolo Intercultura"),
        "titolo": f"{categoria.testo('nome')} · {comune}",
        "descrizione": descrizione._asdict(),
        "esempio": gettext("Alcune schede sono di esempio: servono a mostrare il portale.") if con_esempi else "",
        "qr": qr(indirizzo),
        "qr_testo": gettext("Apri la pagina sul telefono"),
        "validita": elidi(
            gettext("Valido al %(giorno)s. Orari e indirizzi possono cambiare: controlla sul sito")
            % {"giorno": date_format(timezone.localdate(), "DATE_FORMAT")}
        ),
        "sito": indirizzo.partition("://")[2],
        "emergenze": [_numero(contatto) for contatto in numeri],
        "gruppi": _gruppi(servizi, comune),
        "vuoto": gettext("Non conosciamo ancora servizi di questo tipo."),
        "altri": gettext("Sul sito trovi altri servizi come questi.") if quanti > len(servizi) else "",
    }


def _numero(contatto: Contatto) -> dict[str, Any]:
    nome = contatto.risorsa.scritto("nome")
    return {"numero": contatto.valore, "nome": _pezzo(nome.testo.removeprefix(f"{contatto.valore}: "), nome.lingua)}


def _gruppi(servizi: list[Risorsa], comune: Comune) -> list[dict[str, Any]]:
    titoli = {
        AreaServita.COMUNI: gettext("A %(comune)s") % {"comune": comune},
        AreaServita.AMBITO: gettext("Per tutto l'Ambito"),
        AreaServita.NAZIONALE: gettext("In tutta Italia"),
    }
    gruppi = [(titolo, [s for s in servizi if s.area_servita == area]) for area, titolo in titoli.items()]
    return [{"titolo": titolo, "servizi": [_servizio(s) for s in suoi]} for titolo, suoi in gruppi if suoi]


def _servizio(servizio: Risorsa) -> dict[str, Any]:
    fatti = (
        (gettext("Dove"), list(_luoghi(servizio))),
        (gettext("Orari"), [_nostro(riga) for uno in servizio.orari_in_luoghi for riga in uno.in_righe]),
        (gettext("Telefono"), list(_telefoni(servizio))),
        (
            gettext("Lingue parlate"),
            [_pezzo(p.lingua.nome_proprio, p.lingua.codice) for p in servizio.lingue_parlate.all()],
        ),
        (gettext("Quanto costa"), [_nostro(servizio.get_costo_display())] if servizio.costo != "non-noto" else []),
        (
            gettext("Che cosa portare"),
            [d.scritto("nome")._asdict() | {"diritto": False} for d in servizio.documenti.all()],
        ),
    )
    return {
        "nome": servizio.scritto("nome")._asdict(),
        "ente": {"testo": servizio.ente.nome_corto, "lingua": "it"},
        "in_breve": servizio.scritto("in_breve")._asdict(),
        "fatti": [{"etichetta": f"{nome}:", "pezzi": pezzi} for nome, pezzi in fatti if pezzi],
    }


def _luoghi(servizio: Risorsa) -> Iterable[dict[str, Any]]:
    for in_sede in servizio.in_sedi_pubbliche:
        sede = in_sede.sede
        yield _pezzo(_indirizzo(sede), "it") if sede.tipo == TipoSede.FISICA else _nostro(sede.get_tipo_display())


def _indirizzo(sede: Sede) -> str:
    return ", ".join(parte for parte in (sede.indirizzo or sede.nome, f"{sede.cap} {sede.comune}".strip()) if parte)


def _telefoni(servizio: Risorsa) -> Iterable[dict[str, Any]]:
    delle_sedi = (c for in_sede in servizio.in_sedi_pubbliche for c in in_sede.sede.contatti.all())
    for contatto in [*servizio.contatti.all(), *delle_sedi]:
        if contatto.tipo == TipoContatto.TELEFONO and not contatto.da_verificare:
            yield _pezzo(contatto.valore, "it", diritto=True)


def _pezzo(testo: str, lingua: str, *, diritto: bool = False) -> dict[str, Any]:
    return {"testo": testo, "lingua": lingua, "diritto": diritto}


def _nostro(testo: Any) -> dict[str, Any]:
    return _pezzo(str(testo), get_language() or "it")
