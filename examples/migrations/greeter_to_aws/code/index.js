// `event` is a Buffer here, and the answer goes to a callback.
exports.greet = (event, context, callback) => {
  const { name } = JSON.parse(event.toString());
  callback(null, `${process.env.GREETING} ${name}`);
};

exports.remind = (event, context, callback) => {
  console.log("reminded by", context.requestId, "in", process.env.FC_REGION);
  callback(null, "done");
};
