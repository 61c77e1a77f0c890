"""Run the whole suite on both engines: `python -m tests.motori [pytest arguments]`.

SQLite always; PostgreSQL on a throw-away cluster of our own (`pg_virtualenv`, else `initdb` and `pg_ctl`) where its
binaries are on the machine. Without them it says so, and fails only if MOTORI=tutti. What Chromium proves does not
depend on the engine: the tests marked `browser` run once, on SQLite.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SENZA_BROWSER = [] if "-m" in sys.argv[1:] else ["-m", "not browser"]
COMANDO = [sys.executable, "-m", "pytest", *(sys.argv[1:] or ["-n", "2", "--dist", "worksteal"])]


def esegui(nome: str, ambiente: dict[str, str], *altro: str) -> int:
    """Run pytest with `ambiente` over the present one and `altro` after its arguments; give its exit code."""
    print(f"\n=== Prove su {nome} ===", flush=True)
    return subprocess.run([*COMANDO, *altro], env={**os.environ, "MOTORE": nome, **ambiente}, check=False).returncode


def su_postgresql() -> int | None:
    """Run on PostgreSQL and give the exit code, or None where there is no PostgreSQL."""
    if shutil.which("pg_virtualenv"):
        # pg_virtualenv tells the cluster through PG* variables; DATABASE_URL is composed inside it.
        interno = [sys.executable, "-m", "tests.motori_pg", *COMANDO[3:], *SENZA_BROWSER]
        print("\n=== Prove su PostgreSQL ===", flush=True)
        # The cluster dies with the run: what a power cut would lose need not reach the disk.
        senza_disco = [f"-o{nome}=off" for nome in ("fsync", "synchronous_commit", "full_page_writes")]
        return subprocess.run(["pg_virtualenv", *senza_disco, *interno], check=False).returncode
    cartelle = [os.environ.get("PG_BIN", ""), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    initdb = shutil.which("initdb") or next((str(p) for c in cartelle if (p := Path(c) / "initdb").exists()), None)
    if initdb is None or (hasattr(os, "geteuid") and os.geteuid() == 0):
        return None
    pg_ctl = str(Path(initdb).with_name("pg_ctl"))
    with tempfile.TemporaryDirectory() as cartella:
        dati = str(Path(cartella) / "dati")
        subprocess.run(
            [initdb, "-D", dati, "-U", "prova", "-A", "trust", "-E", "UTF8"], check=True, capture_output=True
        )
        opzioni = f"-c listen_addresses='' -c unix_socket_directories='{cartella}' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        subprocess.run([pg_ctl, "-D", dati, "-w", "-o", opzioni, "-l", f"{cartella}/log", "start"], check=True)
        try:
            return esegui(
                "PostgreSQL",
                {"DATABASE_URL": f"postgres://prova@%2F{cartella.strip('/').replace('/', '%2F')}/postgres"},
                *SENZA_BROWSER,
            )
        finally:
            subprocess.run([pg_ctl, "-D", dati, "-m", "immediate", "stop"], check=False)


def main() -> int:
    """Both engines, worst exit code."""
    esiti = [esegui("SQLite", {"DATABASE_URL": ""})]
    postgresql = su_postgresql()
    if postgresql is None:
        print("\nPostgreSQL non è su questa macchina: le prove su PostgreSQL sono state LASCIATE FUORI.")
        esiti.append(1 if os.environ.get("MOTORI") == "tutti" else 0)
    else:
        esiti.append(postgresql)
    return max(esiti)


if __name__ == "__main__":
    sys.exit(main())
