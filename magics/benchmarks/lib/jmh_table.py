"""JMH's results as a table: jmh_table.py jmh.json"""

import datetime
import json
import os
import sys


def shown(number):
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def main():
    with open(sys.argv[1]) as file:
        results = json.load(file)
    first = results[0]
    print("# Micro-benchmarks\n")
    print(
        f"{datetime.date.today()}, {os.uname().sysname} {os.uname().machine}, {os.cpu_count()} processors, "
        f"Java {first['jdkVersion']}. `magics/benchmarks/jmh --record` repeats them.\n"
    )
    print("| benchmark | of | time | ± 99.9 % | unit | bytes allocated each |")
    print("|---|---|---:|---:|---|---:|")
    for result in results:
        score = result["primaryMetric"]
        error = score["scoreError"]
        allocated = result.get("secondaryMetrics", {}).get("gc.alloc.rate.norm")
        parameters = ", ".join(f"{key} {value}" for key, value in result.get("params", {}).items())
        print(
            f"| {result['benchmark'].removeprefix('argosy.benchmarks.')} | {parameters} | {shown(score['score'])} "
            f"| {shown(float(error)) if str(error) != 'NaN' else '–'} | {score['scoreUnit']} "
            f"| {shown(allocated['score']) if allocated else '–'} |"
        )


if __name__ == "__main__":
    main()
