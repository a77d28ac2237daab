"""A programme of any size, invented from a number: for benchmarks, and for trying what a full register is like."""
