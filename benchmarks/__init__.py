"""The figures of speed and memory: ``python3 run.py bench``."""
