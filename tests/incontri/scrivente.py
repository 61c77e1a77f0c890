"""A person who writes minutes over HTTP, for test_scritture_intrecciate: `python -m tests.incontri.scrivente JSON`.

Only the standard library, in a process of its own: it knows the portal from its pages, as a browser does. Prints, in JSON,
a line for each time it pressed Salva: the answer, the rows it had changed and, where it met somebody else's text, what
the page gave back.
"""

import json
import random
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

SEGNI = re.compile(r"⟦[^:⟧]*:⟧|⟦fine⟧")
CONTESA_MASSIMA = 3  # times one goes on with an entry that others keep changing, before leaving it


class Pagina(HTMLParser):
    """The fields of the form that is written in, and what the page tells of the rows others have saved meanwhile."""

    def __init__(self, testo):
        super().__init__()
        self.campi, self.righe, self.dentro, self.fermi = {}, {}, False, 0
        self.area = self.scelta = self.riga = self.sezione = None
        self.tolto = 0
        self.feed(testo)

    def handle_starttag(self, nome, attributi):
        a = dict(attributi)
        if nome == "template":
            self.fermi += 1
        elif nome == "form":
            self.dentro = "data-salvataggio" in a
        if not self.dentro or self.fermi:
            return
        if nome in ("input", "textarea", "select", "option"):
            self.campo(nome, a)
        elif nome == "fieldset" and "riga-voce" in a.get("class", ""):
            self.riga = {"contesa": "riga-contesa" in a["class"], "sezioni": []}
        elif self.riga is not None and a.get("class") in ("testo-confronto", "salvato-altri"):
            self.riga["sezioni"].append("")
            self.sezione = nome
        elif nome == "del" or (nome == "span" and a.get("class") == "visually-hidden"):
            self.tolto += self.sezione is not None

    def campo(self, nome, a):
        """A field, as the browser would send it."""
        if nome == "input" and "name" in a and (a.get("type") not in ("checkbox", "radio") or "checked" in a):
            self.campi[a["name"]] = a.get("value", "")
            if a["name"].endswith("-uuid"):
                self.righe[a["name"].removesuffix("-uuid")] = self.riga
        elif nome == "textarea":
            self.area, self.campi[a["name"]] = a["name"], ""
        elif nome == "select":
            self.scelta = a["name"]
        elif nome == "option" and (self.scelta not in self.campi or "selected" in a):
            self.campi[self.scelta] = a.get("value", "")

    def handle_endtag(self, nome):
        if nome == "template":
            self.fermi -= 1
        elif nome == "form":
            self.dentro = False
        elif nome == "textarea":
            self.area = None
        elif nome == "select":
            self.scelta = None
        elif nome == self.sezione:
            self.sezione = None
        elif nome in ("del", "span") and self.tolto:
            self.tolto -= 1

    def handle_data(self, testo):
        if self.area and self.dentro and not self.fermi:
            self.campi[self.area] += testo if self.campi[self.area] else testo.removeprefix("\n")
        elif self.sezione and not self.tolto:
            self.riga["sezioni"][-1] += testo


class Persona:
    """One session, one page open on each point, one sequence of chances."""

    def __init__(self, *, nome, indirizzi, sessione, seme):
        self.nome, self.indirizzi, self.sorte = nome, indirizzi, random.Random(seme)  # noqa: S311
        self.apri = urllib.request.build_opener(NonSeguire())
        self.sessione, self.csrf = sessione, ""
        self.aperte, self.numero = {}, 0

    def chiedi(self, indirizzo, campi=None):
        """Status and text of an answer."""
        dati = None if campi is None else urllib.parse.urlencode(campi).encode()
        testate = {"Cookie": f"sessionid={self.sessione}; csrftoken={self.csrf}"}
        try:
            with self.apri.open(urllib.request.Request(indirizzo, dati, testate), timeout=120) as risposta:  # noqa: S310
                stato, testo, biscotti = (
                    risposta.status,
                    risposta.read().decode(),
                    risposta.headers.get_all("Set-Cookie"),
                )
        except urllib.error.HTTPError as errore:
            stato, testo, biscotti = errore.code, errore.read().decode(), errore.headers.get_all("Set-Cookie")
        for biscotto in biscotti or ():
            if trovato := re.match(r"csrftoken=([^;]+)", biscotto):
                self.csrf = trovato[1]
        return stato, testo

    def scrivi(self):
        """One edit, from a page opened now or before, carried through the meetings with the others; its lines."""
        self.numero += 1
        indirizzo = self.sorte.choice(self.indirizzi)
        if indirizzo not in self.aperte or self.sorte.random() < 0.7:
            stato, testo = self.chiedi(indirizzo)
            if stato != 200:
                yield {"stato": stato, "righe": {}, "contese": []}
                return
            self.aperte[indirizzo] = Pagina(testo)
        pagina = self.aperte.pop(indirizzo)
        campi, cambiate = self.cambia(pagina)
        for volta in range(1, CONTESA_MASSIMA + 1):
            stato, testo = self.chiedi(indirizzo, campi)
            fatto = {"stato": stato, "righe": {r: self.com_e(campi, r) for r in cambiate}, "contese": []}
            if stato != 409:
                yield fatto
                return
            pagina = Pagina(testo)
            fatto["contese"] = [
                {"versione": self.com_e(pagina.campi, r)["versione"], "uuid": self.com_e(pagina.campi, r)["uuid"]}
                | {
                    "mio": self.com_e(campi, r)["testo"],
                    "campi": self.i_miei(pagina.campi, r),
                    "sezioni": riga["sezioni"],
                }
                for r, riga in pagina.righe.items()
                if riga["contesa"]
            ]
            yield fatto
            if volta == CONTESA_MASSIMA or self.sorte.random() < 0.25:
                return
            campi = self.decidi(pagina.campi, [r for r, riga in pagina.righe.items() if riga["contesa"]])
            campi["resta"] = "1"

    def cambia(self, pagina):
        """The fields of the page with one or two entries changed, added, removed or moved; the rows with new texts."""
        campi, cambiate = dict(pagina.campi) | {"resta": "1"}, []
        scritte = [r for r in pagina.righe if campi[f"{r}-uuid"]]
        nuova = next(r for r in pagina.righe if not campi[f"{r}-uuid"])
        caso = self.sorte.random()
        if caso < 0.06 or not scritte:
            campi |= {
                f"{nuova}-testo": self.parole(["nuova"] * 6),
                f"{nuova}-tipo": self.sorte.choice(["decisione", "criticita"]),
            }
            return campi, [nuova]
        for riga in self.sorte.sample(scritte, min(len(scritte), self.sorte.choice([1, 1, 2]))):
            campi[f"{riga}-testo"] = self.parole(campi[f"{riga}-testo"].split(" "))
            cambiate.append(riga)
        if caso > 0.95:
            campi[f"{cambiate.pop()}-rimuovi"] = "on"
        elif caso > 0.85:
            del campi["resta"]
            campi["su"] = self.sorte.choice(scritte)
        return campi, cambiate

    def parole(self, parole):
        """The words with one or two of them changed for one nobody else ever writes."""
        parole = list(parole)
        for quale in self.sorte.sample(range(len(parole)), self.sorte.choice([1, 2])):
            parole[quale] = f"{self.nome}.{self.numero}.{quale}"
        return " ".join(parole)

    def decidi(self, campi, contese):
        """Keep one's own, the other's or both, as each of the contested rows asks."""
        campi = dict(campi)
        for riga in contese:
            if f"{riga}-mio" in campi and f"{riga}-scelta" in campi:
                campi[f"{riga}-scelta"] = self.sorte.choice(["unito", "unito", "mio", "loro"])
                campi[f"{riga}-testo"] = SEGNI.sub("", campi[f"{riga}-testo"]).strip()
        return campi

    def com_e(self, campi, riga):
        """What the fields say of a row; its text is the one that would be saved."""
        scelta, mio = campi.get(f"{riga}-scelta"), campi.get(f"{riga}-mio")
        testo = mio if scelta == "mio" and mio else campi.get(f"{riga}-testo", "")
        return {
            "uuid": campi.get(f"{riga}-uuid", ""),
            "versione": campi.get(f"{riga}-versione", ""),
            "testo": testo.replace("\r\n", "\n").strip(),
            "lascia": scelta == "loro",
        }

    def i_miei(self, campi, riga):
        """Where the page gives back what the person had written."""
        return [campi.get(f"{riga}-mio", ""), campi.get(f"{riga}-testo", "")]


class NonSeguire(urllib.request.HTTPRedirectHandler):
    """A 302 is an answer."""

    def redirect_request(self, *args):
        """Nowhere."""


if __name__ == "__main__":
    chi = json.loads(sys.argv[1])
    persona = Persona(nome=chi["nome"], indirizzi=chi["indirizzi"], sessione=chi["sessione"], seme=chi["seme"])
    time.sleep(max(0, chi["quando"] - time.time()))
    for _ in range(chi["modifiche"]):
        for fatto in persona.scrivi():
            print(json.dumps(fatto | {"chi": chi["chi"]}))
