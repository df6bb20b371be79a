const configcat = require("configcat-node");

const client = configcat.getClient("key");

exports.handler = async (form) => {
  if (await client.getValueAsync("newCheckout", false)) { //~ flag configcat newCheckout default=false
    return 1;
  }
  return form.getValue("name", "");
};
