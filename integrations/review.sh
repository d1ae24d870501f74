#!/usr/bin/env bash
# Reviews an edit: whether the clients are up to date, what lint says of the documents, and what the edit means for
# callers. Writes its reports into a folder, and fails if one of these must not land.
#
# KEYWRIGHT_BASE     the revision to compare with (required)
# KEYWRIGHT_CONFIG   the configuration (keywright.toml)
# KEYWRIGHT_FAIL_ON  breaking, security, any or none (none)
# KEYWRIGHT_REPORT   the folder for the reports (keywright-report)
set -euo pipefail

base=${KEYWRIGHT_BASE:?name the revision to compare with}
config=${KEYWRIGHT_CONFIG:-keywright.toml}
fail_on=${KEYWRIGHT_FAIL_ON:-none}
report=${KEYWRIGHT_REPORT:-keywright-report}
mkdir -p "$report"

# A shallow clone does not have the base.
if ! git cat-file -e "$base^{commit}" 2>/dev/null; then
    git fetch --quiet --depth=1 origin "$base"
    base=FETCH_HEAD
fi

status=0
step() {
    echo "== $1"
    shift
    "$@" || status=1
}
into() {
    local file=$1
    shift
    "$@" >"$report/$file"
}

step "clients" keywright check --config "$config"
step "lint" keywright lint --config "$config"
# The same for code scanning. What fails has been told of above.
into check.sarif keywright check --config "$config" --format sarif || true
into lint.sarif keywright lint --config "$config" --format sarif || true

echo "== changes since $base"
into comment.md keywright diff "$base" --config "$config" --quiet --format markdown
into diff.json keywright diff "$base" --config "$config" --quiet --format json
if [ -n "${GITHUB_ACTIONS:-}" ]; then
    keywright diff "$base" --config "$config" --quiet --format github
fi
options=()
if [ "$fail_on" != none ]; then
    options=(--fail-on "$fail_on")
fi
step "verdict" keywright diff "$base" --config "$config" --quiet ${options[@]+"${options[@]}"}

if [ -n "${GITHUB_OUTPUT:-}" ]; then
    {
        echo "published=$(sed -n '/"verdicts"/,/}/p' "$report/diff.json" | sed -n 's/.*"published": "\([a-z]*\)".*/\1/p')"
        echo "vendored=$(sed -n '/"verdicts"/,/}/p' "$report/diff.json" | sed -n 's/.*"vendored": "\([a-z]*\)".*/\1/p')"
        echo "report=$report"
    } >>"$GITHUB_OUTPUT"
fi
exit "$status"
