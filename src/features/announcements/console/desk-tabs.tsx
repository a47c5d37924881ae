/** The parts of the announcements' desk. */
import { t } from "../../../bilingual/index.ts";
import { Tabs } from "../../../console/components/index.ts";
import { may } from "../../../console/rights.ts";
import type { SignedIn } from "../../../console/signed-in.ts";
import { ROOT } from "./words.ts";

export type DeskPart = "announcements" | "rumours" | "devices" | "press";

interface DeskTabsProps {
  active: DeskPart;
  staff: SignedIn;
  /** How many wait, where that was counted. */
  rumours?: number;
}

export function DeskTabs({ active, staff, rumours = 0 }: DeskTabsProps) {
  if (!may(staff.role, "announcements.write")) return <></>;
  const part = (name: DeskPart, label: string, href: string, count = 0) => ({
    ...{ href, label, count, active: active === name },
  });
  return (
    <Tabs
      label={t`Bàn thông báo`}
      tabs={[
        part("announcements", t`Thông báo`, ROOT),
        part("rumours", t`Tin đồn`, `${ROOT}/rumours`, rumours),
        ...(may(staff.role, "announcements.manage")
          ? [part("devices", t`Loa, bảng đèn`, `${ROOT}/devices`), part("press", t`Báo chí`, `${ROOT}/press`)]
          : []),
      ]}
    />
  );
}
