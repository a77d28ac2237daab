"""Screens that show several parts of the programme at once; they own no business rule."""
