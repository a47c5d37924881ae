/** Routes that declare their right. The guard below is the only place where a right is enforced. */
import { Router, type Request, type RequestHandler, type Response } from "express";
import { refused } from "./problems.ts";
import { may, type Right } from "./rights.ts";
import { findSignedIn, type SignedIn } from "./signed-in.ts";

/** "anyone": the sign-in page, before there is a person to have a right. */
export type Declared = Right | "anyone";
type Guard = RequestHandler & { declares: Declared };
type Handler = (request: Request, response: Response, staff: SignedIn) => unknown;

/** Lets pass who has the right; asks others to sign in, or says that it is not theirs. */
export function allow(right: Right): Guard {
  const guard: RequestHandler = (request, response, next) => {
    const staff = findSignedIn(response);
    if (!staff) return askToSignIn(request, response);
    if (staff.mustChange && right !== "self.use") return sendToPassword(request, response);
    if (!may(staff.role, right)) throw refused(`the role ${staff.role} has no right ${right}`);
    next();
  };
  return Object.assign(guard, { declares: right });
}

export const anyone: Guard = Object.assign(((_request, _response, next) => next()) as RequestHandler, {
  declares: "anyone" as const,
});

/** A part of the very page on which the password is changed asks: it gets nothing, or the page would stand in itself. */
function sendToPassword(request: Request, response: Response) {
  if (request.get("hx-request")) return response.status(204).end();
  response.redirect(303, "/console/password");
}

function askToSignIn(request: Request, response: Response) {
  const here = request.method === "GET" ? request.originalUrl : "/console";
  const signIn = "/console/sign-in";
  // a part of a page asks: the whole page goes to sign-in, not the part
  if (request.get("hx-request")) return response.status(401).set("hx-redirect", signIn).end();
  response.redirect(303, here === "/console" ? signIn : `${signIn}?next=${encodeURIComponent(here)}`);
}

export interface ConsoleRoutes {
  router: Router;
  get(path: string, right: Right, handler: Handler): ConsoleRoutes;
  post(path: string, right: Right, handler: Handler): ConsoleRoutes;
}

export function consoleRoutes(): ConsoleRoutes {
  const router = Router({ mergeParams: true });
  const guarded =
    (handler: Handler): RequestHandler =>
    (request, response) =>
      handler(request, response, findSignedIn(response)!);
  const routes: ConsoleRoutes = {
    router,
    get(path, right, handler) {
      router.get(path, allow(right), guarded(handler));
      return routes;
    },
    post(path, right, handler) {
      router.post(path, allow(right), guarded(handler));
      return routes;
    },
  };
  return routes;
}

/** A router of somebody else's behind one right. */
export function behind(right: Right, inner: Router): Router {
  const router = Router({ mergeParams: true });
  router.use(allow(right), inner);
  return router;
}

export interface ListedRoute {
  method: string;
  path: string;
  declares: Declared | null;
}

interface Layer {
  handle: Partial<Guard> & { stack?: Layer[]; mountedAt?: string };
  slash?: boolean;
  route?: { path: string; stack: (Layer & { method: string })[] };
}

/** Every route of a router and those mounted in it, with the right that guards it. */
export function listRoutes(router: Router, inherited: Declared | null = null): ListedRoute[] {
  let guard = inherited;
  return (router.stack as unknown as Layer[]).flatMap(({ handle, slash, route }) => {
    if (route) {
      const own = route.stack[0]?.handle.declares ?? guard;
      return route.stack
        .slice(-1)
        .map(({ method }) => ({ method: method.toUpperCase(), path: route.path, declares: own }));
    }
    if (slash && handle.declares) guard = handle.declares;
    if (!handle.stack) return [];
    const below = listRoutes(handle as unknown as Router, guard);
    return below.map((listed) => ({ ...listed, path: `${handle.mountedAt ?? ""}${listed.path}` }));
  });
}

/** Mounts and remembers where, so that `listRoutes` can say it. */
export function mount(parent: Router, path: string, child: Router) {
  parent.use(path, Object.assign(child, { mountedAt: path === "/" ? "" : path }));
}

/** @throws when a route lets everybody in because nobody thought of it. */
export function refuseUndeclared(router: Router): void {
  const bare = listRoutes(router).filter(({ declares }) => declares === null);
  if (bare.length === 0) return;
  const list = bare.map(({ method, path }) => `${method} ${path}`).join(", ");
  throw new Error(`These console routes declare no right: ${list}. See src/console/rights.ts.`);
}
