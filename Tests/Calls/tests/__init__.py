"""Calls between programs, judged by what was recorded."""
