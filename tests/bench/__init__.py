"""Measure speed and memory on this machine: `make bench`. The figures in the README come from here."""
