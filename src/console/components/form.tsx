/** Forms that work before any script is there. Every form carries the session's token; every field its own error. */
import type { Children } from "@kitajs/html";
import { t } from "../../bilingual/index.ts";
import type { SignedIn } from "../signed-in.ts";
import { Icon, type IconName } from "./icons.tsx";

interface FormProps {
  action: string;
  /** Who is signed in: their token goes into the form. None on the sign-in page. */
  staff: Pick<SignedIn, "csrf"> | null;
  /** With files. */
  upload?: boolean;
  class?: string;
  id?: string;
  children: Children;
}

export function Form({ action, staff, upload, class: extra, id, children }: FormProps) {
  return (
    <form
      method="post"
      action={action}
      class={extra}
      id={id}
      enctype={upload ? "multipart/form-data" : undefined}
    >
      {staff ? <input type="hidden" name="_csrf" value={staff.csrf} /> : null}
      {children as "safe"}
    </form>
  );
}

/** What went wrong with each field of a form, by its name. */
export type Errors = Record<string, string | undefined>;

interface FieldProps {
  name: string;
  label: string;
  value?: string | undefined;
  error?: string | undefined;
  /** One line under the field. */
  help?: string;
  required?: boolean;
}

interface TextFieldProps extends FieldProps {
  type?: "text" | "email" | "password" | "search" | "tel" | "number" | "date" | "time" | "url";
  autocomplete?: string;
  inputmode?: "numeric" | "decimal" | "text";
  placeholder?: string;
  autofocus?: boolean;
  maxlength?: number;
  min?: string;
  max?: string;
  step?: string;
}

export function TextField(field: TextFieldProps) {
  const {
    name,
    type = "text",
    value,
    required,
    autocomplete,
    inputmode,
    placeholder,
    autofocus,
    error,
  } = field;
  return (
    <Labelled field={field}>
      <input
        id={`field-${name}`}
        class={["form-control", error ? "is-invalid" : ""]}
        name={name}
        type={type}
        value={value}
        required={required}
        autocomplete={autocomplete}
        inputmode={inputmode}
        placeholder={placeholder}
        autofocus={autofocus}
        maxlength={field.maxlength}
        min={field.min}
        max={field.max}
        step={field.step}
        aria-describedby={describedBy(field)}
        aria-invalid={error ? "true" : undefined}
      />
    </Labelled>
  );
}

interface SearchFieldProps {
  label?: string;
  value: string;
  placeholder: string;
}

/** The words looked for, as `q`: the widest field of a `.filters` form. */
export function SearchField({ label = t`Tìm`, value, placeholder }: SearchFieldProps) {
  return (
    <div class="field-wide">
      <TextField name="q" label={label} type="search" value={value} placeholder={placeholder} />
    </div>
  );
}

export function TextArea(field: FieldProps & { rows?: number; placeholder?: string }) {
  const { name, value = "", required, rows = 4, error, placeholder } = field;
  return (
    <Labelled field={field}>
      <textarea
        id={`field-${name}`}
        class={["form-control", error ? "is-invalid" : ""]}
        name={name}
        rows={String(rows)}
        required={required}
        placeholder={placeholder}
        aria-describedby={describedBy(field)}
        aria-invalid={error ? "true" : undefined}
        safe
      >
        {value}
      </textarea>
    </Labelled>
  );
}

export interface Option {
  value: string;
  /** May wait in Vietnamese, as vi`…`. */
  label: string;
}

export function SelectField(field: FieldProps & { options: readonly Option[] }) {
  const { name, value, required, error, options } = field;
  return (
    <Labelled field={field}>
      <select
        id={`field-${name}`}
        class={["form-select", error ? "is-invalid" : ""]}
        name={name}
        required={required}
        aria-describedby={describedBy(field)}
        aria-invalid={error ? "true" : undefined}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value} safe>
            {t.of(option.label)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** Sends "on" when ticked, nothing when not. */
export function CheckField({ name, label, help, checked }: FieldProps & { checked: boolean }) {
  return (
    <div class="field">
      <label class="form-check">
        <input class="form-check-input" type="checkbox" name={name} checked={checked} />
        <span class="form-check-label" safe>
          {label}
        </span>
        {help ? (
          <span class="form-check-description" safe>
            {help}
          </span>
        ) : null}
      </label>
    </div>
  );
}

function Labelled({ field, children }: { field: FieldProps; children: Children }) {
  const { name, label, error, help, required } = field;
  return (
    <div class="field">
      <label class={["form-label", required ? "required" : ""]} for={`field-${name}`} safe>
        {label}
      </label>
      {children as "safe"}
      {error ? (
        <p class="field-error" id={`error-${name}`} safe>
          {error}
        </p>
      ) : null}
      {help ? (
        <p class="field-help" id={`help-${name}`} safe>
          {help}
        </p>
      ) : null}
    </div>
  );
}

function describedBy({ name, error, help }: FieldProps): string | undefined {
  const ids = [error ? `error-${name}` : "", help ? `help-${name}` : ""].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

interface SubmitProps {
  icon?: IconName;
  tone?: "primary" | "plain" | "danger";
  name?: string;
  value?: string;
  small?: boolean;
  children: Children;
}

export function Submit({ icon, tone = "primary", name, value, small, children }: SubmitProps) {
  const look = { primary: "btn-primary", plain: "", danger: "btn-danger" }[tone];
  return (
    <button type="submit" class={["btn", look, small ? "btn-sm" : ""]} name={name} value={value}>
      {icon ? <Icon name={icon} /> : null}
      {children as "safe"}
    </button>
  );
}

interface ConfirmProps {
  /** Unique on the page. */
  id: string;
  action: string;
  staff: SignedIn;
  /** On the button that opens the question, and again on the one that does it. */
  label: string;
  icon?: IconName;
  title: string;
  text: string;
  danger?: boolean;
  small?: boolean;
  /** Fields the deed needs: a reason, a choice. */
  children?: Children;
}

/** Asks before it does. The browser's own popover: no script. */
export function Confirm(props: ConfirmProps) {
  const { id, action, staff, label, icon, title, text, danger, small, children } = props;
  return (
    <>
      <button
        type="button"
        class={["btn", danger ? "btn-outline-danger" : "", small ? "btn-sm" : ""]}
        popovertarget={id}
      >
        {icon ? <Icon name={icon} /> : null}
        <span safe>{label}</span>
      </button>
      <div popover="auto" id={id} class="confirm" role="dialog" aria-labelledby={`${id}-title`}>
        <h2 id={`${id}-title`} safe>
          {title}
        </h2>
        <p safe>{text}</p>
        <Form action={action} staff={staff}>
          {children as "safe"}
          <div class="confirm-actions">
            <button type="button" class="btn" popovertarget={id} popovertargetaction="hide">
              {t`Thôi`}
            </button>
            <Submit tone={danger ? "danger" : "primary"}>
              <span safe>{label}</span>
            </Submit>
          </div>
        </Form>
      </div>
    </>
  );
}

interface Said {
  /** Ends the address it is posted to. */
  deed: string;
  label: string;
  title: string;
  text: string;
}

interface OutOfUseProps {
  /** The page of what it is about. */
  here: string;
  isOut: boolean;
  staff: SignedIn;
  out: Said;
  back: Said;
}

/** Taken out of use, or taken into it again: whichever can be done, after a question. */
export const OutOfUse = ({ here, isOut, staff, out, back }: OutOfUseProps) => {
  const { deed, ...said } = isOut ? back : out;
  return (
    <Confirm
      id={deed}
      action={`${here}/${deed}`}
      staff={staff}
      icon={isOut ? "arrow-back-up" : "ban"}
      danger={!isOut}
      {...said}
    />
  );
};
