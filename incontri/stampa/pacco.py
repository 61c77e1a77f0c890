"""The packages word processors read are ZIP files: the same parts make the same bytes."""

import io
import zipfile
from datetime import datetime


def fermo(pacco: bytes, momento: datetime) -> bytes:
    """The same parts in the same order, all dated `momento`; the one that says what the file is stays uncompressed."""
    data = max(momento.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    uscita = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pacco)) as dentro, zipfile.ZipFile(uscita, "w") as fuori:
        for parte in dentro.infolist():
            metodo = zipfile.ZIP_STORED if parte.filename == "mimetype" else zipfile.ZIP_DEFLATED
            nuova = zipfile.ZipInfo(parte.filename, data)
            nuova.compress_type = metodo
            fuori.writestr(nuova, dentro.read(parte))
    return uscita.getvalue()
