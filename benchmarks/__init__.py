"""The measurements of docs/architettura.md, one command each: `python -m benchmarks.<name>`, all of them `make bench`.

Absolute figures move from machine to machine; each bench prints ratios of one run, beside their targets.
"""
