"""Verbs of the messages: make, deliver, take in, process, mend."""
