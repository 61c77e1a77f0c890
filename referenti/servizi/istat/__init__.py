"""The figures of demo.istat.it as they are downloaded: `archivio` opens the file, `tavola` reads it, `carico` brings it in."""
