"""What the minutes ask of a person: lines of the dashboard."""

from datetime import timedelta

from django.db.models import Case, Count, Q, When
from django.urls import reverse
from django.utils import timezone

from incontri.models import StatoOsservazione, StatoVerbale, Verbale
from tavolo.base.passi import DaFare, Passo, in_giorno

# Minutes shared before there was a deadline wait to be read for this long.
DA_LEGGERE = timedelta(days=30)


def verbali_da_seguire(utente):
    """Minutes to write, to read and observe on, with observations to decide, to approve, to publish: one line each."""
    miei = Q(verbalizzante=utente.pk) | Q(pk__in=Verbale.objects.filter(redattori=utente.pk).values("pk"))
    mio = Case(When(miei, then=True), default=False)
    coordina = utente.has_perm("incontri.pubblica_verbale")
    stati = [StatoVerbale.CONDIVISO, *([StatoVerbale.APPROVATO] if coordina else [])]
    interessano = Q(stato=StatoVerbale.BOZZA) & miei | Q(stato__in=stati)
    aperte = Count("osservazioni", filter=Q(osservazioni__stato=StatoOsservazione.APERTA), distinct=True)
    verbali = Verbale.objects.visibili_a(utente).filter(interessano).annotate(quante_aperte=aperte, mio=mio)
    for verbale in verbali.select_related("incontro", "verbalizzante").order_by("incontro__inizio", "uuid"):
        riga = _riga(verbale, coordina=coordina)
        if riga:
            yield riga


def _riga(verbale, *, coordina):
    mio = verbale.mio
    pagina = verbale.get_absolute_url()
    if verbale.stato == StatoVerbale.BOZZA:
        passo = Passo("Continua il verbale", reverse("incontri:verbale-scrivi", args=[verbale.incontro_id]))
        return _dell_incontro(verbale, "Stai scrivendo il verbale", passo)
    if verbale.stato == StatoVerbale.APPROVATO:
        passo = Passo("Guarda e pubblica", reverse("incontri:verbale-pubblica", args=[verbale.incontro_id]))
        return _dell_incontro(verbale, "Il verbale è approvato e non è ancora pubblicato", passo)
    if (mio or coordina) and verbale.quante_aperte:
        quante = verbale.quante_aperte
        perche = "Un'osservazione da decidere" if quante == 1 else f"{quante} osservazioni da decidere"
        return _dell_incontro(verbale, perche, Passo("Decidi", f"{pagina}#osservazioni"))
    if (mio or coordina) and not verbale.raccoglie_osservazioni:
        perche = "Il verbale aspetta di essere approvato in un incontro"
        return _dell_incontro(verbale, perche, Passo("Apri il verbale", pagina))
    return None if mio else _da_leggere(verbale, pagina)


def _da_leggere(verbale, pagina):
    entro = verbale.osservazioni_entro
    if (entro is None and verbale.aggiornato < timezone.now() - DA_LEGGERE) or not verbale.raccoglie_osservazioni:
        return None
    chi = f"{verbale.verbalizzante} ha condiviso il verbale" if verbale.verbalizzante else "Il verbale è condiviso"
    passo = Passo("Leggi il verbale", pagina)
    if entro is None:
        return _dell_incontro(verbale, chi, passo)
    return DaFare(verbale.incontro, chi, passo, pagina, entro, f"osservazioni entro il {in_giorno(entro)}")


def _dell_incontro(verbale, perche, passo):
    incontro = verbale.incontro
    return DaFare(incontro, perche, passo, incontro.get_absolute_url(), incontro.inizio)
