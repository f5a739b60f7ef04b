exports.handler = async (event) => ({ seen: Object.keys(event) });
