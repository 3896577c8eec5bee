#!/bin/sh
# The command line inside the image: rehearsal doctor, backup, restore and the rest.
exec node --import /app/src/require-node-24.js /app/src/cli.ts "$@"
