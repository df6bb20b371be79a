const { flagClient } = require("./clients");

module.exports = async (row, form) => {
  const on = await flagClient.getBooleanValue("export", false); //~ flag openfeature export
  const cell = row.getStringValue("title", "");
  return on ? cell : form.getObjectValue("field", {});
};
