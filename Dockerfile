# ChatLink's site, worker and migrations in one image; the command chooses:
#   node --enable-source-maps dist/main.js     the site (default)
#   node --enable-source-maps dist/worker.js   the worker
#   node bin/migrate.mjs                       migrations, before a new version starts
FROM node:24.19.0-bookworm-slim AS base
WORKDIR /app

# Everything, for building and for the demo people of docker-compose.yml.
FROM base AS build
COPY package.json package-lock.json .npmrc ./
# Install scripts are not run anywhere: nothing needs one, and none can fail the build with a download.
RUN npm ci --ignore-scripts
COPY . .
# The same steps as `npm run build`: database client, then dist/ with all that browsers fetch.
RUN node bin/build.mjs
# Where docker-compose.yml mounts the volume in which demo people's pictures lie: it takes over whose this is.
RUN install -d -m 0700 -o node -g node /media

# What runs. Prisma's client names its own command line and TypeScript as optional companions, and npm installs
# those with it: they are large, nothing imports them here, and the engine for migrations is a package of its own.
# OpenTelemetry comes three times over, of which Node takes build/src.
FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts \
  && cd node_modules \
  && rm -rf prisma typescript @typescript @electric-sql @visx @radix-ui effect elkjs react react-dom remeda mysql2 postgres \
    @prisma/dev @prisma/engines @prisma/engines-version @prisma/fetch-engine @prisma/query-plan-executor @prisma/studio-core \
    @opentelemetry/*/build/esm @opentelemetry/*/build/esnext

FROM base
ENV NODE_ENV=production \
  PORT=3000 \
  # Argon2 fills libuv's threads; more of them than cores only wait. Set it to the cores the container may use.
  UV_THREADPOOL_SIZE=4 \
  # glibc otherwise keeps, for each thread, memory that decoding pictures gave back.
  MALLOC_ARENA_MAX=2
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json package-lock.json ./
# Of bin/ what migrates and what people on the server do, and nothing that installs or starts servers.
COPY bin/migrate.mjs bin/admin.mjs bin/
COPY bin/lib/admin/cases.mjs bin/lib/admin/naming.mjs bin/lib/admin/people.mjs bin/lib/admin/reports.mjs bin/lib/admin/transparency.mjs bin/lib/admin/
COPY bin/lib/paths.mjs bin/lib/say.mjs bin/lib/
COPY bin/lib/processes/lifecycle.mjs bin/lib/processes/
COPY bin/lib/stores/database.mjs bin/lib/stores/given.mjs bin/lib/stores/migrations.mjs bin/lib/stores/
COPY bin/lib/stores/roles.mjs bin/lib/stores/schema-engine.mjs bin/lib/stores/
COPY prisma/schema prisma/schema
COPY prisma/migrations prisma/migrations
COPY views views
# Nothing is installed from here on. And a program that its user cannot read is one whose processes cannot be looked into: what
# breaks out of a picture's decoder finds no secret of the site in /proc (docs/decisions/0027).
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg \
  && chmod 0711 /usr/local/bin/node
# Pictures, where MEDIA_DIR=/media and a volume is mounted there: it takes over whose it is.
RUN install -d -m 0700 -o node -g node /media
# Nothing else in the image belongs to this user: the site can read itself and change nothing.
USER node
EXPOSE 3000
# Whether the process lives: what restarts containers that are unhealthy would otherwise restart all of them for a lost Postgres.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No init process: the site waits for those that it starts (they make pictures), and handles SIGTERM itself (it drains for up to ten seconds).
CMD ["node", "--enable-source-maps", "dist/main.js"]
