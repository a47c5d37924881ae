/** Read and check the environment once. Every complaint comes together, with the mend beside it. */
import { z } from "zod";

export const pushKeys = z
  .string()
  .default("")
  .transform((keys) =>
    keys
      .split(",")
      .map((key) => key.trim())
      .filter(Boolean),
  )
  .refine(
    (keys) => keys.every((key) => key.length >= 32),
    "a key needs 32 signs or more (openssl rand -hex 24)",
  );

export const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Where a worker process, which has no other port, tells /healthz, /readyz and /metrics; unset: nowhere. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  DATABASE_URL: z.string().startsWith("postgres").optional(),
  DATA_DIR: z.string().default(".data"),
  PUBLIC_URL: z.url().optional(),
  APP_KEY: z.string().refine(areKeys, "needs 32 bytes in base64 (openssl rand -base64 32)").optional(),
  ROLE: z.enum(["all", "web", "worker"]).default("all"),
  MODE: z.enum(["demo", "production"]).default("demo"),
  ZALO_API_URL: z.url().optional(),
  ZALO_OAUTH_URL: z.url().optional(),
  ZALO_BUSINESS_URL: z.url().optional(),
  FACEBOOK_GRAPH_URL: z.url().optional(),
  FACEBOOK_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default("v25.0"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Extra hosts attachments may be fetched from, besides the platforms' own; comma-separated. */
  MEDIA_HOSTS: z.string().default(""),
  /** s3://bucket?region=…&endpoint=… ; unset: a folder under DATA_DIR. Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
  MEDIA_STORE: z.string().startsWith("s3://").optional(),
  /** How to ask the province's one-stop system for a dossier: a YAML file (docs/dossier-source.example.yml). */
  DOSSIER_SOURCE: z.string().optional(),
  /** A folder of certificates: authorities that digital signatures of attached PDFs are held against. */
  PDF_AUTHORITIES: z.string().optional(),
  /** How to ask the province's land portal for a parcel: a YAML file (docs/land-source.example.yml). */
  LAND_SOURCE: z.string().optional(),
  /** Keys of the systems that may push dossiers to POST /api/dossiers; comma-separated, 32 signs or more each. */
  DOSSIER_PUSH_KEYS: pushKeys,
  /** Keys of the systems that may push readings to POST /api/readings, in the same form. */
  READING_PUSH_KEYS: pushKeys,
  /** The MQTT broker stations publish readings to: mqtt://host:1883 or mqtts://host:8883; unset: none. */
  READING_MQTT_URL: z
    .string()
    .regex(/^mqtts?:\/\/[^/\s]+$/, "needs mqtt://host:port or mqtts://host:port")
    .optional(),
  READING_MQTT_USERNAME: z.string().optional(),
  READING_MQTT_PASSWORD: z.string().optional(),
  /** What to subscribe to. */
  READING_MQTT_TOPIC: z.string().default("tram/+"),
  /** A PEM file: the authority that signed the broker's certificate, where the machine does not know it. */
  READING_MQTT_CA: z.string().optional(),
  /** Where an incident is announced besides the console: any https address that takes a JSON POST. */
  ALERT_URL: z.url().optional(),
  /** The server that takes our e-mail: smtps://host:465, or smtp://host:587 (STARTTLS is then demanded); unset: no mail. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/@\s]+$/, "needs smtp://host:port or smtps://host:port")
    .optional(),
  SMTP_USERNAME: z.string().optional(),
  SMTP_PASSWORD: z.string().optional(),
  /** A PEM file: the authority that signed the mail server's certificate, where the machine does not know it. */
  SMTP_CA: z.string().optional(),
  /** Who our e-mail is from: "Hỏi Phường <hoiphuong@example.gov.vn>". */
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>@\r\n]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
      "needs an address, or Name <address>",
    )
    .optional(),
  /** Seconds a reply whose outcome the platform hid waits for its echo before it is sent once more. */
  RESEND_AFTER: z.coerce.number().positive().default(30),
  /** Where maps get their pictures, with {z}, {x} and {y}; "none": maps show the wards' outlines only. */
  MAP_TILES: z.string().default("https://tile.openstreetmap.org/{z}/{x}/{y}.png"),
  /** Whom to name under the map. */
  MAP_ATTRIBUTION: z.string().default("© OpenStreetMap"),
  /** How many reverse proxies stand in front, for the client address in logs and limits. */
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
});

/** One key, or several with commas between, the newest first. */
function areKeys(text: string): boolean {
  return text.split(",").every((key) => Buffer.from(key.trim(), "base64").length === 32);
}

type Environment = z.infer<typeof environment>;

interface Addresses {
  /** Where residents and platforms reach this service, without a slash at the end. */
  PUBLIC_URL: string;
  ZALO_API_URL: string;
  ZALO_OAUTH_URL: string;
  ZALO_BUSINESS_URL: string;
  FACEBOOK_GRAPH_URL: string;
}
export type Config = Omit<Environment, keyof Addresses> & Addresses;

const PLATFORMS: Omit<Addresses, "PUBLIC_URL"> = {
  ZALO_API_URL: "https://openapi.zalo.me",
  ZALO_OAUTH_URL: "https://oauth.zaloapp.com",
  ZALO_BUSINESS_URL: "https://business.openapi.zalo.me",
  FACEBOOK_GRAPH_URL: "https://graph.facebook.com",
};

/** The pretend platforms of demo mode, served by the web process itself. */
function simulatorAt(port: number): Omit<Addresses, "PUBLIC_URL"> {
  const root = `http://127.0.0.1:${port}/simulator`;
  return {
    ZALO_API_URL: `${root}/zalo`,
    ZALO_OAUTH_URL: `${root}/zalo-oauth`,
    ZALO_BUSINESS_URL: `${root}/zalo-business`,
    FACEBOOK_GRAPH_URL: `${root}/facebook`,
  };
}

/** What an operator must read to mend a setting or the machine: printed as one sentence, without a stack. */
export class OperatorError extends Error {}

/** @throws OperatorError that names every setting that cannot be used. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = environment.safeParse(given);
  if (!result.success) {
    const complaints = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new OperatorError(`These settings cannot be used (see .env.example):\n${complaints.join("\n")}`);
  }
  if (result.data.MODE === "production") requireForProduction(result.data);
  if (result.data.SMTP_URL && !result.data.MAIL_FROM)
    throw new OperatorError(
      "SMTP_URL needs MAIL_FROM beside it: whom our e-mail is from (see .env.example).",
    );
  return withAddresses(result.data);
}

function withAddresses(settings: Environment): Config {
  const { MODE, PORT } = settings;
  const usual = {
    PUBLIC_URL: `http://localhost:${PORT}`,
    ...(MODE === "demo" ? simulatorAt(PORT) : PLATFORMS),
  };
  const given = Object.fromEntries(
    Object.keys(usual).flatMap((name) => {
      const address = settings[name as keyof Addresses];
      return address ? [[name, address.replace(/\/$/, "")]] : [];
    }),
  );
  return { ...settings, ...usual, ...given };
}

/** PORT=0 leaves the port to the machine: the addresses that follow from it, once it is known. */
export function atPort(config: Config, port: number): Config {
  if (config.PORT !== 0) return config;
  const moved = Object.entries({ PUBLIC_URL: "http://localhost:0", ...simulatorAt(0) }).flatMap(
    ([name, unknown]) =>
      config[name as keyof Addresses] === unknown ? [[name, unknown.replace(":0", `:${port}`)]] : [],
  );
  return { ...config, PORT: port, ...(Object.fromEntries(moved) as Partial<Addresses>) };
}

function requireForProduction(settings: Environment) {
  const missing = [
    !settings.APP_KEY &&
      "  APP_KEY: 32 random bytes in base64 that encrypt the stored tokens (openssl rand -base64 32)",
    !settings.PUBLIC_URL &&
      "  PUBLIC_URL: the https address under which residents and platforms reach this service",
  ].filter(Boolean);
  if (missing.length > 0) {
    throw new OperatorError(
      `MODE=production needs these settings (see .env.example):\n${missing.join("\n")}`,
    );
  }
}
