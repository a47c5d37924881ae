/** A broker that stays away is an incident, closed when it is back. */
import type { Incidents } from "../../channels/incidents.ts";
import { log } from "../../infra/log.ts";
import type { BrokerWatch } from "./mqtt.ts";

/** Of src/console/incidents. */
export const BROKER = "readings.broker";

export function brokerWatch(incidents: Incidents, host: string): BrokerWatch {
  const settle = (work: Promise<void>) =>
    work.catch((error: Error) => log.error({ err: error }, "an incident of the broker could not be kept"));
  const message = `Mất kết nối với máy chủ số đo ${host}: trạm và trụ đèn không gửi được về. Kiểm tra máy chủ MQTT, mạng và mật khẩu.`;
  return {
    lost: () => void settle(incidents.open(BROKER, null, message)),
    back: () => void settle(incidents.close(BROKER, null)),
  };
}
