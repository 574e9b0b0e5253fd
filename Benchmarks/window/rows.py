"""Rows of the report, in the form that Benchmarks prints."""


def row(name, value, yardstick="-", ratio="-", budget="-", met=None):
    verdict = "" if met is None else "met" if met else "OVER"
    print(f"{name:<52} {value:>13} {yardstick:>13} {ratio:>6} {budget:>10} {verdict}", flush=True)


def at_most(name, value, limit, unit, digits=0):
    row(name, f"{value:.{digits}f} {unit}", budget=f"<= {limit:g} {unit}", met=value <= limit)


def multiple(name, value, yardstick, limit, unit="ms"):
    row(name, f"{value:.0f} {unit}", f"{yardstick:.0f} {unit}", f"{value / yardstick:.2f}", f"<= {limit:.2f}", value / yardstick <= limit)


def percentile(values, share):
    """The smallest value that is not exceeded by that share of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * share // 100) - 1))]
