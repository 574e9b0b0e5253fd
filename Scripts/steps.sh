# Sourced by the scripts: one progress line per step, and its output only when something went wrong.
steps_total=${steps_total:-1}
steps_done=0
steps_log=$(mktemp)
trap 'rm -f "$steps_log"' EXIT

# issues: what the step's tests have recorded. Details follow their issue on lines that begin with an arrow.
issues() { grep -vE '^↳ (Testing Library|Target Platform)' "$steps_log" | grep -E '✘|recorded an issue|^↳|: error: |^(FAIL|ERROR): |^FAILED |Error: |NotThere: ' | tail -n "${issues_tail:-60}" || true; }

# step NAME COMMAND…: runs the command, prints "[n/m] NAME … ok (12 s)". On failure prints the end of its output, then once
# more what failed (where only the end of a log is kept, that is what must be on it), and ends the script.
step() {
    local name=$1 begun=$SECONDS
    shift
    steps_done=$((steps_done + 1))
    printf '[%d/%d] %s … ' "$steps_done" "$steps_total" "$name"
    if "$@" >"$steps_log" 2>&1; then
        printf 'ok (%d s)\n' "$((SECONDS - begun))"
    else
        local code=$?
        printf 'FAILED (%d s)\n' "$((SECONDS - begun))"
        {
            grep -v 'prohibited flag' "$steps_log" | tail -n "${steps_tail:-80}"
            printf '%s failed:\n' "$name"
            issues
        } >&2
        return "$code"
    fi
}
