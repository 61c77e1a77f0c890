"""Who may do what with the directory."""

from rules import add_perm

from tavolo.base.permessi import amministra, coordina

add_perm("risorse", coordina)
amministra(
    "risorse",
    "categoria",
    "destinatari",
    "lingua",
    "documentorichiesto",
    "modalitaaccesso",
    "risorsa",
    "linguaparlata",
    "sede",
    "risorsainsede",
    "contatto",
)
add_perm("risorse.pubblica_risorsa", coordina)
