"""Writes the digests that ship with nurt from the maintainers' facts; nurt itself never needs it.

``python -m nurt.corpus.authoring FACTS_DIR`` renders every file below ``corpus/`` and ``catalogue.toml``. A
digest keeps the layout of its family, so that the same reading serves the official document:

- measure cards (``cards.py``, ``programme.py``): an axis sheet, then a card a measure, its fields those of
  the SZOOP with their numbers; a middle cell says to which measure or sub-measure a value belongs;
- finance plan (``finance.py``): Table 18c of an operational programme, sums in rows that begin with "Razem",
  and a page that compares the plan with other figures;
- communication (``europe2020.py``, ``acts.py``), regulation (``objectives.py``, ``acts.py``): numbered
  sections; articles and points, investment priorities in a table a thematic objective;
- strategy (``strategies.py``, ``coherence.py``, ``national.py``): the objective tree in headings and again
  in a table, then the chapter on coherence with the documents above;
- programme of the Union (``union.py``), code list (``fields.py``), article (``article.py``).

Every page is a ``section`` with its number, every statement cites its sources by key, and the last pages list
them. Facts that are notes are printed in the digest's language, from ``notes_pl.toml`` and ``notes_en.toml``.
"""
