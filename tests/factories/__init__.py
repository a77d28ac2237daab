"""Rows for tests, one module per app. Every name in them is invented."""
