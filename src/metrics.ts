import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** A reply is late after a second; what waits for the network or a lock may take a minute. */
const turnBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** A reply goes out within a second; a broadcast of thousands takes hours at a messenger's rate. */
const deliveryBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 43_200]
/** A reminder is punctual within a sweep (5 s), and harmful when it comes an hour late. */
const latenessBuckets = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400]

/** What the service counts and measures; every `_seconds` takes seconds, not milliseconds. */
export type Metrics = ReturnType<typeof createMetrics>

/** A registry of its own, with the metrics of the process (`process_…`, `nodejs_…`) and those of the service. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    messagesReceived: new Counter({
      name: 'bimtek_messages_received_total',
      help: 'Messages stored as they arrived, each once, by channel and kind of content.',
      labelNames: ['channel', 'kind'] as const,
      registers,
    }),
    messagesSent: new Counter({
      name: 'bimtek_messages_sent_total',
      help: 'Attempts to send an outgoing message, by channel, kind and the state in which they left it.',
      labelNames: ['channel', 'kind', 'state'] as const,
      registers,
    }),
    turnSeconds: new Histogram({
      name: 'bimtek_turn_seconds',
      help: 'Time from taking up a stored message until its answer is committed.',
      buckets: turnBuckets,
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'bimtek_delivery_seconds',
      help: 'Time from when an outgoing message was due until the messenger accepted it.',
      labelNames: ['channel', 'kind'] as const,
      buckets: deliveryBuckets,
      registers,
    }),
    reminderLateness: new Histogram({
      name: 'bimtek_reminder_lateness_seconds',
      help: 'Time from when a reminder was due until it was put into the outbox.',
      buckets: latenessBuckets,
      registers,
    }),
    /** All of it in the text format of Prometheus. */
    exposition: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}
