#!/usr/bin/env bash
# Writes the report of review.sh into one comment on a pull request of GitHub, which later runs update.
#
# REPOSITORY        owner/name
# PULL_REQUEST      the number
# GH_TOKEN          a token that may write comments
# KEYWRIGHT_REPORT  the folder with the reports (keywright-report)
set -euo pipefail

report=${KEYWRIGHT_REPORT:-keywright-report}
comments="repos/${REPOSITORY:?}/issues/${PULL_REQUEST:?}/comments"
# The first line of the report marks the comment.
mark=$(head -n 1 "$report/comment.md")

known=$(gh api --paginate "$comments" \
    --jq ".[] | select(.body | startswith(\"$mark\")) | .id" | head -n 1)
if [ -n "$known" ]; then
    gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$known" --field "body=@$report/comment.md"
else
    gh api --silent --method POST "$comments" --field "body=@$report/comment.md"
fi
