/** What console pages are built of. */
export { Icon, type IconName } from "./icons.tsx";
export { Badge, Card, ChannelMark, Empty, Facts, LinkButton, Tabs, Time, type Tone } from "./parts.tsx";
export { Pagination, Table, type Column } from "./table.tsx";
export {
  CheckField,
  Confirm,
  Form,
  OutOfUse,
  SearchField,
  SelectField,
  Submit,
  TextArea,
  TextField,
  type Errors,
  type Option,
} from "./form.tsx";
