/** Prometheus metrics. Names begin with `gateway_`; labels are few and never about a person. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];

/** Events whose webhook was answered 200: ours to keep … */
export const eventsAccepted = new Counter({
  name: "gateway_events_accepted_total",
  help: "Events of webhooks answered 200 as ours to keep",
  labelNames: ["channel"],
  registers,
});
/** … and those the database confirmed, new or known already, counted where they are stored. The difference must read 0. */
export const eventsStored = new Counter({
  name: "gateway_events_stored_total",
  help: "Accepted events that were committed, duplicates included",
  labelNames: ["channel"],
  registers,
});
export const eventsLost = new Gauge({
  name: "gateway_events_accepted_minus_stored",
  help: "Accepted minus stored: anything but 0 is a lost message",
  registers,
  async collect() {
    const total = async (counter: Counter) =>
      (await counter.get()).values.reduce((sum, { value }) => sum + value, 0);
    this.set((await total(eventsAccepted)) - (await total(eventsStored)));
  },
});
export const webhooksRefused = new Counter({
  name: "gateway_webhooks_refused_total",
  help: "Webhook calls that were not taken, by reason",
  labelNames: ["channel", "reason"],
  registers,
});
export const turnSeconds = new Histogram({
  name: "gateway_turn_seconds",
  help: "One dialogue turn, from lock to commit",
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers,
});
export const messagesSent = new Counter({
  name: "gateway_messages_sent_total",
  help: "Outcome of calls that send a message",
  labelNames: ["channel", "outcome"],
  registers,
});
export const sendSeconds = new Histogram({
  name: "gateway_send_seconds",
  help: "One call that sends a message, from our request to the platform's answer",
  labelNames: ["channel"],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});
export const replySeconds = new Histogram({
  name: "gateway_reply_seconds",
  help: "From the turn that wrote a reply to the platform's receipt",
  labelNames: ["channel"],
  buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
  registers,
});
/** Readings of stations, by how they came: kept, known already, or refused. */
export const readingsTaken = new Counter({
  name: "gateway_readings_total",
  help: "Readings of stations by road and outcome: kept, known already, refused",
  labelNames: ["by", "outcome"],
  registers,
});
