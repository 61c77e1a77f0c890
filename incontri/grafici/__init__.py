"""Charts of the needs: from plain data to shapes with whole coordinates, for a page, a file or a document.

`matrice` is the coverage of needs by comune, `griglia` need × feasibility of the proposals; both give a `tavolo.base.disegno.Disegno`,
which templates/includes/grafico_matrice.html and grafico_griglia.html draw, and `svg.autonomo` writes as a file of its own.
"""
