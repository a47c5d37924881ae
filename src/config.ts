/** Read and check the environment once. Every complaint comes together, with the mend beside it. */
import { z } from "zod";

const url = (fallback: string) => z.url().default(fallback);

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  DATABASE_URL: z.string().startsWith("postgres").optional(),
  DATA_DIR: z.string().default(".data"),
  PUBLIC_URL: z.url().optional(),
  APP_KEY: z.string().optional(),
  ROLE: z.enum(["all", "web", "worker"]).default("all"),
  MODE: z.enum(["demo", "production"]).default("demo"),
  ZALO_API_URL: url("https://openapi.zalo.me"),
  ZALO_OAUTH_URL: url("https://oauth.zaloapp.com"),
  ZALO_BUSINESS_URL: url("https://business.openapi.zalo.me"),
  FACEBOOK_GRAPH_URL: url("https://graph.facebook.com"),
  FACEBOOK_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default("v25.0"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Extra hosts attachments may be fetched from, besides the platforms' own; comma-separated. */
  MEDIA_HOSTS: z.string().default(""),
  /** s3://bucket?region=…&endpoint=… ; unset: a folder under DATA_DIR. Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
  MEDIA_STORE: z.string().startsWith("s3://").optional(),
  /** Where an incident is announced besides the console: any https address that takes a JSON POST. */
  ALERT_URL: z.url().optional(),
  /** How many reverse proxies stand in front, for the client address in logs and limits. */
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
});

export type Config = Omit<z.infer<typeof environment>, "PUBLIC_URL"> & { PUBLIC_URL: string };

/** What an operator must read to mend a setting or the machine: printed as one sentence, without a stack. */
export class OperatorError extends Error {}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = environment.safeParse(given);
  if (!result.success) {
    const complaints = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new OperatorError(`These settings cannot be used (see .env.example):\n${complaints.join("\n")}`);
  }
  const config = result.data;
  if (config.MODE === "production") requireForProduction(config);
  return {
    ...config,
    PUBLIC_URL: (config.PUBLIC_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, ""),
  };
}

function requireForProduction(config: z.infer<typeof environment>) {
  const missing = [
    !config.APP_KEY &&
      "  APP_KEY: 32 random bytes in base64 that encrypt the stored tokens (openssl rand -base64 32)",
    !config.PUBLIC_URL &&
      "  PUBLIC_URL: the https address under which residents and platforms reach this service",
  ].filter(Boolean);
  if (missing.length > 0) {
    throw new OperatorError(
      `MODE=production needs these settings (see .env.example):\n${missing.join("\n")}`,
    );
  }
}
