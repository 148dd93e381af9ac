"""What is timed, against what; run with ``make bench``."""
