"""Questions to the graph: names, traces, lineage, gaps, named queries, and the files that answers go into."""
