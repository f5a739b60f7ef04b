exports.handler = async () => {
  return `Hello ${process.env.NAME}`
}
