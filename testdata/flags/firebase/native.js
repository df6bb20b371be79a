import remoteConfig from "@react-native-firebase/remote-config";

export const on = () => remoteConfig().getValue("new_page").asBoolean(); //~ flag firebase new_page
export const name = (form) => form.getValue("name");
