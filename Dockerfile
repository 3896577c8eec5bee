# The packages come in a stage of their own: what they are fetched with stays there.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Nothing that runs needs a script at its installation; what only compilers and debuggers read takes a third of the room.
RUN npm ci --omit=dev --ignore-scripts && find node_modules -type f ! -iname "licen[cs]e*" \( -name "*.map" -o -name "*.d.ts" -o -name "*.d.mts" -o -name "*.d.cts" -o -name "*.md" \) -delete

FROM node:24.21.0-bookworm-slim
# The program has no use for what fetches packages, and neither has whoever breaks into it.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-v* && install -d -o 1000 -g 1000 -m 0700 /data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY commands ./commands
COPY content ./content
COPY src ./src
COPY --chmod=0755 deploy/rehearsal.sh /usr/local/bin/rehearsal
ENV NODE_ENV=production REHEARSAL_DATA=/data REHEARSAL_HEALTH_PORT=4312
# By number, so that an orchestrator can see that it is not root.
USER 1000:1000
# Only without REHEARSAL_REDIS_URL is anything kept here.
VOLUME /data
# Deliveries from Slack over HTTP, and health and metrics; the page stays on the container's own loopback.
EXPOSE 4311 4312
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.REHEARSAL_HEALTH_PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "--initial-old-space-size=64", "--heap-growing-percent=50", "--import", "./src/require-node-24.js", "src/main.ts"]
