"""The chain criticità → bisogno → proposta → impegno → esito: told as a story, counted, walked back.

`storia` tells a need in the order of time, `percorso` counts each stage and finds what is stuck, `legami` goes backwards.
Nothing is stored: all is read from the rows of each stage.
"""
