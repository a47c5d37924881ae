# The service as an image; the database is outside (compose.yml).
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma prisma
COPY scripts/generate-client.mjs scripts/
RUN npm ci
COPY . .

FROM node:22-bookworm-slim
ENV NODE_ENV=production MODE=production DATA_DIR=/data
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY scripts/generate-client.mjs scripts/
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /app/src src
COPY --from=build /app/prisma prisma
COPY --from=build /app/intents intents
COPY --from=build /app/models models
COPY --from=build /app/scripts scripts
COPY tsconfig.json ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD node -e "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
CMD ["node", "--import", "tsx", "src/main.ts"]
