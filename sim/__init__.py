"""Xietiao (协调): an organisation, a workload and a coordination strategy -> what happened."""

__version__ = "0.5.0"
