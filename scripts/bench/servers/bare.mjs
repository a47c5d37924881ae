import { createServer } from "node:http";

createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200).end());
}).listen(Number(process.env.PORT), () => console.log("listening"));
