import { t } from "../../bilingual/index.ts";
import type { Choice, SettingGroup } from "../../infra/setting-groups.ts";
import { Badge, Card, Confirm, Form, Submit, TextField, Time, type Errors } from "../components/index.ts";
import type { SignedIn } from "../signed-in.ts";
import type { SettingChange } from "./store.ts";

export interface GroupOnPage {
  group: SettingGroup;
  /** As typed, or as stored. */
  values: Record<string, string>;
  errors: Errors;
  changes: SettingChange[];
}

interface Props {
  groups: GroupOnPage[];
  staff: SignedIn;
  mayChange: boolean;
}

export function SettingsPage({ groups, staff, mayChange }: Props) {
  return (
    <div class="columns">
      {groups.map((one) => (
        <Card
          title={t.of(one.group.title)}
          id={one.group.key}
          actions={isInitial(one) ? undefined : <Badge tone="info">{t`Đã đổi`}</Badge>}
        >
          <p class="quiet" safe>
            {t.of(one.group.meaning)}
          </p>
          {mayChange ? <GroupForm of={one} staff={staff} /> : <GroupFacts of={one} />}
          <Changes of={one} />
        </Card>
      ))}
    </div>
  );
}

function GroupForm({ of: { group, values, errors, changes }, staff }: { of: GroupOnPage; staff: SignedIn }) {
  const at = `/console/settings/${group.key}`;
  return (
    <>
      <Form action={at} staff={staff}>
        {Object.entries(group.choices).map(([name, choice]) => (
          <TextField
            name={name}
            label={labelOf(choice)}
            value={values[name]}
            error={errors[name]}
            help={helpOf(choice)}
            required
            {...(choice.kind === "number"
              ? { type: "number" as const, min: String(choice.min), max: String(choice.max), step: "1" }
              : {})}
          />
        ))}
        <Submit icon="check">{t`Lưu`}</Submit>
      </Form>
      {changes.length > 0 && !isInitial({ group, values, errors, changes }) ? (
        <p class="setting-reset">
          <Confirm
            id={`reset-${group.key.replaceAll(".", "-")}`}
            action={`${at}/reset`}
            staff={staff}
            label={t`Về mặc định`}
            icon="arrow-back-up"
            small
            title={t`${t.of(group.title)}: về mặc định?`}
            text={initialOf(group)}
          />
        </p>
      ) : null}
    </>
  );
}

function GroupFacts({ of: { group, values } }: { of: GroupOnPage }) {
  return (
    <dl class="facts">
      {Object.entries(group.choices).map(([name, choice]) => (
        <div>
          <dt safe>{t.of(choice.label)}</dt>
          <dd safe>{withUnit(choice, values[name] ?? "")}</dd>
        </div>
      ))}
    </dl>
  );
}

function Changes({ of: { group, changes } }: { of: GroupOnPage }) {
  if (changes.length === 0) return <></>;
  return (
    <details class="setting-changes">
      <summary>{t`Các lần đổi gần đây`}</summary>
      <ul>
        {changes.map(({ at, who, details }) => (
          <li>
            <span class="quiet">
              <Time at={at} /> · <span safe>{who}</span>
            </span>
            {Object.entries(details).map(([name, change]) => (
              <span
                class="setting-change"
                safe
              >{`${t.of(group.choices[name]?.label) ?? name}: ${change}`}</span>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}

const labelOf = (choice: Choice) =>
  choice.kind === "number" ? `${t.of(choice.label)} (${t.of(choice.unit)})` : t.of(choice.label);

function helpOf(choice: Choice): string {
  const range = choice.kind === "number" ? t`Từ ${choice.min} tới ${choice.max}` : t.of(choice.form);
  return t`${t.of(choice.meaning)} ${range.replace(/\.$/, "")}; mặc định ${choice.initial}.`;
}

const withUnit = (choice: Choice, text: string) =>
  choice.kind === "number" ? `${text} ${t.of(choice.unit)}` : text;

const isInitial = ({ group, values }: GroupOnPage) =>
  Object.entries(group.choices).every(([name, { initial }]) => values[name] === String(initial));

const initialOf = ({ choices }: SettingGroup) =>
  Object.values(choices)
    .map((choice) => `${t.of(choice.label)}: ${withUnit(choice, String(choice.initial))}`)
    .join(" · ");
