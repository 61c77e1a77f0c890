"""Made-up files of demo.istat.it, in the forms seen in programs that use them."""

import io
import zipfile

COLONNE = {
    ("posas", "it"): ("Codice comune", "Comune", "Età", "Totale maschi", "Totale femmine", "Totale"),
    ("strasa", "it"): ("Codice comune", "Comune", "Età", "Maschi", "Femmine", "Totale"),
    ("posas", "en"): ("Municipality code", "Municipality", "Age", "Total males", "Total females", "Total"),
    ("strasa", "en"): ("Municipality code", "Municipality", "Age", "Males", "Females", "Total"),
}
TITOLI = {
    ("posas", "it"): "Popolazione residente al 1° gennaio {} per età, sesso",
    ("strasa", "it"): "Popolazione straniera residente al 1° gennaio {} per età e sesso",
    ("posas", "en"): "Resident population on 1st January {} by age and sex",
    ("strasa", "en"): "Foreign resident population on 1st January {} by age and sex",
}
NOTE = {"it": "Nota: i dati possono non coincidere con altre fonti.", "en": "Note: see the methodology."}
ALTRI = {"001001": "Agliè", "099031": "Forlì"}


def righe(comuni, *, genere="posas", lingua="it", anno=2024, persone=10, titolo=None, nota=True):
    """The cells of a file: `persone` of each age from 0 to 100 in each comune, or what a function of code and age says."""
    quante = persone if callable(persone) else lambda codice, eta: persone
    tabella = [[titolo or TITOLI[genere, lingua].format(anno)], list(COLONNE[genere, lingua])]
    for codice, nome in (ALTRI | comuni).items():
        totale = [0, 0]
        for eta in range(101):
            n = quante(codice, eta)
            totale = [totale[0] + n // 2, totale[1] + n - n // 2]
            tabella.append([codice, nome, eta, n // 2, n - n // 2, n])
        tabella.append([codice, nome, 999, *totale, sum(totale)])
    return tabella + ([[NOTE[lingua]]] if nota else [])


def in_csv(tabella, *, lingua="it"):
    """The rows as text: English files use commas."""
    separatore = ";" if lingua == "it" else ","
    return "".join(
        separatore.join(f'"{c}"' if isinstance(c, str) and separatore in c else str(c) for c in riga) + "\r\n"
        for riga in tabella
    )


def archivio(tabella, nome="POSAS_2024_it_Comuni.csv", *, lingua="it", codifica="utf-8", altri=()):
    """The zip as downloaded, ready to be read."""
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(nome, in_csv(tabella, lingua=lingua).encode(codifica))
        for altro in altri:
            file.writestr(altro, "x")
    uscita.seek(0)
    return uscita
