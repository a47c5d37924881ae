/** Calls to the simulator's control API. */
import { toast } from "./toast.js";

const ROOT = "/simulator/control";

async function call(method, path, body) {
  const isForm = body instanceof FormData;
  const response = await fetch(ROOT + path, {
    method,
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(body === undefined || isForm ? {} : { headers: { "content-type": "application/json" } }),
  }).catch(() => null);
  if (!response) {
    toast("Không kết nối được với máy chủ.");
    throw new Error("no answer");
  }
  const answer = await response.json();
  if (!response.ok) toast(answer.problem ?? "Không làm được.");
  if (!response.ok) throw new Error(answer.problem);
  return answer;
}

export const get = (path) => call("GET", path);
export const put = (path, body) => call("PUT", path, body);
export const post = (path, body) => call("POST", path, body);
export const act = (body) => call("POST", "/acts", body);

/** @returns the address of a file put on the platform's shelf. */
export async function upload(file) {
  const form = new FormData();
  form.append("file", file);
  return (await call("POST", "/files", form)).url;
}

export async function samplePhoto(name) {
  const response = await fetch(`/simulator/photos/${name}`, { method: "POST" });
  return (await response.json()).url;
}

/** The platform's own files are shown by path: the page may have been opened under another host name. */
export function shown(url) {
  const { hostname, pathname } = new URL(url, location.href);
  return hostname === "127.0.0.1" && pathname.startsWith("/simulator/") ? pathname : url;
}
