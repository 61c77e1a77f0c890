"""The entries of the minutes at a moment, from the lines of their history."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from incontri.models import EsitoDecisione, TipoVoce, Voce
from incontri.servizi.voci import DatiImpegno


@dataclass(frozen=True, kw_only=True)
class VoceAllora:
    """An entry as it stood at a moment; `impegno` is who had taken the commitment it told of, None where nobody had."""

    pk: UUID
    tipo: str
    testo: str
    esito: str
    pubblica: bool
    impegno: DatiImpegno | None = None
    impegno_pk: UUID | None = None

    @property
    def get_tipo_display(self) -> str:
        """The kind in words, under the name the templates know from the model."""
        return str(TipoVoce(self.tipo).label)

    @property
    def get_esito_display(self) -> str:
        """How the decision was taken, in words."""
        return str(EsitoDecisione(self.esito).label) if self.esito else ""

    @property
    def valori(self) -> dict[str, Any]:
        """What is written in the entry, by field."""
        return {"tipo": self.tipo, "testo": self.testo, "esito": self.esito, "pubblica": self.pubblica}

    @property
    def dati(self) -> tuple[Any, ...]:
        """Everything but the text."""
        return self.tipo, self.esito, self.pubblica, self.impegno


@dataclass
class Stato:
    """The entries and commitments at a moment: the lines of history up to it, applied one after the other."""

    voci: dict[UUID, Any] = field(default_factory=dict)
    impegni: dict[UUID, Any] = field(default_factory=dict)
    impegno_di: dict[UUID, Any] = field(default_factory=dict)

    def applica(self, riga: Any) -> None:
        """Take in one more line."""
        via = riga.history_type == "-"
        if riga.instance_type is Voce:
            self.voci.pop(riga.uuid, None)
            if not via:
                self.voci[riga.uuid] = riga
            return
        prima: Any = self.impegni.pop(riga.uuid, None)
        voce = prima.voce_id if prima is not None else None
        if voce is not None and self.impegno_di.get(voce) is prima:
            del self.impegno_di[voce]
        if not via:
            self.impegni[riga.uuid] = riga
            if riga.voce_id:
                self.impegno_di[riga.voce_id] = riga

    def toccate(self, riga: Any) -> set[UUID]:
        """The entries that the line is about."""
        if riga.instance_type is Voce:
            return {riga.uuid}
        prima = self.impegni.get(riga.uuid)
        return {riga.voce_id, prima.voce_id if prima is not None else None} - {None}

    def contenuto(self, voce: UUID) -> tuple[Any, ...] | None:
        """What can be read in an entry, to tell whether it changed; None while there is none."""
        riga = self.voci.get(voce)
        if riga is None:
            return None
        impegno = self.impegno_di.get(voce)
        di_chi = (impegno.ente_id, impegno.persona_id, impegno.scadenza) if impegno else None
        return riga.tipo, riga.testo, riga.esito, riga.pubblica, di_chi

    def fila(self, punto: UUID) -> list[UUID]:
        """The entries of a point in their order."""
        righe = [riga for riga in self.voci.values() if riga.punto_id == punto]
        return [riga.uuid for riga in sorted(righe, key=lambda riga: (riga.ordine, riga.creato))]

    def voce(self, pk: UUID) -> VoceAllora:
        """An entry, with who had taken its commitment."""
        riga, impegno = self.voci[pk], self.impegno_di.get(pk)
        # Who is named in a history may no longer be there.
        di_chi = None
        if impegno and impegno.ente:
            di_chi = DatiImpegno(ente=impegno.ente, persona=impegno.persona, scadenza=impegno.scadenza)
        return VoceAllora(
            pk=pk,
            tipo=riga.tipo,
            testo=riga.testo,
            esito=riga.esito,
            pubblica=riga.pubblica,
            impegno=di_chi,
            impegno_pk=impegno.uuid if impegno else None,
        )
