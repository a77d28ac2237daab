"""Reports made while their surroundings are killed, wiped and frozen (reliability.md R1 to R6, R8, R10, R11).

Servers and processes here are the tests' own: nothing of another test or of a demonstration is touched.
"""

KILLER, GLUTTON = "Racun Mati", "Racun Memori"  # the IKM whose reports are poison to the workers of poison.py
