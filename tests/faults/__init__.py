"""Processes killed in the middle: nothing lost, nothing doubled. `make faults` runs the long form."""
