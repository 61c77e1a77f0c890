"""Stable UUIDs for what HSDS calls a row and we do not: version 5, of what the row says."""

from uuid import UUID, uuid5

SPAZIO = UUID("8a0f4d0e-4c0b-5a52-9d0a-6f6e7f3b2c11")


def chiave(*parti: object) -> UUID:
    """The key of the row that `parti` describe: the same parts, the same key, on every machine."""
    return uuid5(SPAZIO, "|".join(str(parte) for parte in parti))


def chiave_da_fuori(tabella: str, valore: str) -> UUID:
    """The key of a row of a package from elsewhere: its own if it is a UUID, else one made of it."""
    try:
        return UUID(valore)
    except ValueError:
        return chiave("da-fuori", tabella, valore)
