"""Salawaku keeps vulnerable workers covered by work-accident and death insurance."""
