export { describeInBrowser, launch, watchComplaints } from "../infra/testing/browser.ts";
