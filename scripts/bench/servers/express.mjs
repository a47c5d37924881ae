import express from "express";

const app = express();
app.post("/webhooks/facebook", (request, response) => {
  request.resume().on("end", () => response.sendStatus(200));
});
app.listen(Number(process.env.PORT), () => console.log("listening"));
