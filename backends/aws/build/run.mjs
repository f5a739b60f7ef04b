// Calls a handler once, as AWS Lambda would: run.mjs EVENT RESULT. The code is the current folder.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const started = Date.now();
const { env } = process;
const context = {
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: "$LATEST",
  invokedFunctionArn: env.CODEBUILD_BUILD_ARN ?? "",
  awsRequestId: (env.VIRGA_EXECUTION_ARN ?? "").split(":").pop(),
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? "",
  getRemainingTimeInMillis: () => Math.max(0, started + 1000 * Number(env.VIRGA_TIMEOUT) - Date.now()),
};

const dot = env.VIRGA_HANDLER.lastIndexOf(".");
const base = path.resolve(env.VIRGA_HANDLER.slice(0, dot));
const name = env.VIRGA_HANDLER.slice(dot + 1);
const file = [".js", ".mjs", ".cjs"].map((ending) => base + ending).find((file) => existsSync(file));
const module = await import(pathToFileURL(file ?? base));
const handler = module[name] ?? module.default?.[name];
const event = JSON.parse(readFileSync(process.argv[2], "utf8"));
const value = await new Promise((resolve, reject) => {
  const answer = handler(event, context, (error, answer) => (error ? reject(error) : resolve(answer)));
  if (typeof answer?.then === "function") answer.then(resolve, reject);
  else if (handler.length < 3) resolve(answer);
});
let answer = JSON.stringify(value ?? null);
if (answer.length > Number(env.VIRGA_ANSWER_MAX)) {
  console.log(`the answer has ${answer.length} characters and is left out of the record`);
  answer = JSON.stringify({ left_out: answer.length });
}
writeFileSync(process.argv[3], answer);
process.exit(0); // what the handler left open does not keep the build alive
