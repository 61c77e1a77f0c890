"""Arabic: numbers as in Italy, where the services are; Django does not group them."""

THOUSAND_SEPARATOR = "."
DECIMAL_SEPARATOR = ","
NUMBER_GROUPING = 3
