"""A program for `opentelemetry-instrument`, which sets OpenTelemetry's SDK for Python up by variables alone: it makes some traces of a
span each and counts them, then ends.

Usage: opentelemetry-instrument python3 main.py <name of the spans> <how many>
"""

import sys

from opentelemetry import metrics, trace

name, count = sys.argv[1], int(sys.argv[2])
counter = metrics.get_meter("lab").create_counter("lab.sdk.calls")
for _ in range(count):
    trace.get_tracer("lab").start_span(name).end()
    counter.add(1)
# The SDK sends what is left when the process exits.
