// bottender's own custom-server recipe.
process.chdir(__dirname);
const express = require("express");
const { bottender } = require("bottender");

const app = bottender({ dev: false });
const handle = app.getRequestHandler();
app.prepare().then(() => {
  const server = express();
  server.use(
    express.json({ limit: "4mb", verify: (request, _, bytes) => (request.rawBody = bytes.toString()) }),
  );
  server.get("/readyz", (request, response) => response.end()); // bottender leaves addresses it does not know unanswered
  server.all("*", (request, response) => handle(request, response));
  server.listen(Number(process.env.PORT), () => console.log("listening"));
});
