"""Spelling pools for people who do not exist.

The column `pool` only pairs given names with family names; it is never stored on a record.
"""
