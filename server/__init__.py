"""The server: SPARQL, a page and data for every thing, and the explorer, on one port."""
