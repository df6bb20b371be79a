import { getRemoteConfig, getBoolean, getValue } from "firebase/remote-config";
import { store } from "./store";

const remoteConfig = getRemoteConfig();

export function page(row: Row) {
  if (getBoolean(remoteConfig, "new_page")) { //~ flag firebase new_page
    return getValue(remoteConfig, "tax").asBoolean(); //~ flag firebase tax
  }
  return row.getBoolean("done") || store.getString("name");
}
