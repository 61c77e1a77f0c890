"""Scoring rounds: `turni` opens and closes them, `voti` is what an ente says, `specchio` what the first turn shows to the
second, `risultati` the ranking that is kept at the closing, `lettura` reads it, `ultime` tells which round speaks for a need, `decisioni` what a meeting makes of it, `promemoria` the mails.

Nobody reads a vote of a turn that is open, but the ente that gave it: who adds a read here starts from `Voto.objects.leggibili()`
or from `dell_ente`.
"""
