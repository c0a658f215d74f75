#!/usr/bin/env bash
# Prints instructions a model event of the engine, counted by callgrind (valgrind; no other tool is needed).
# usage: benches/instructions.sh [BINARY]   (else the bench is built first)
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-}
if [ -z "$binary" ]; then
  binary=$(cargo bench --bench speed --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*speed[^"]*\)".*/\1/p' | tail -1)
fi
out=$(mktemp)
trap 'rm -f "$out"' EXIT
for workload in w1 w2 w3 baseline; do
  text=$(valgrind --tool=callgrind --callgrind-out-file="$out" --toggle-collect='midcor::engine::world::simulate*' \
    "$binary" "$workload" 2>/dev/null)
  instructions=$(sed -n 's/^\(totals\|summary\): \([0-9]*\).*/\2/p' "$out" | head -1)
  events=$(echo "$text" | sed 's/.*: \([0-9]*\) events/\1/')
  echo "$workload: $((instructions / events)) instructions an event ($instructions of $events events)"
done
