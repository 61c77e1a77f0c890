"""The open data of the portal: tables, places, calendar, catalogue; nothing personal, nothing unpublished."""
