import { AppConfigDataClient, GetLatestConfigurationCommand } from "@aws-sdk/client-appconfigdata";
import { getAppConfig } from "@aws-lambda-powertools/parameters/appconfig";

const client = new AppConfigDataClient({});

export async function handler(event: Event) {
  const response = await client.send(new GetLatestConfigurationCommand({ ConfigurationToken: event.token }));
  const flags = JSON.parse(new TextDecoder().decode(response.Configuration));
  if (flags.newCheckout.enabled) { //~ flag aws-appconfig newCheckout
    return 1;
  }
  const { newTax } = flags; //~ flag aws-appconfig newTax name
  const config = await getAppConfig("features", { environment: "prod", transform: "json" });
  const agent = await fetch("http://localhost:2772/applications/a/environments/b/configurations/c");
  const { banner } = await agent.json(); //~ flag aws-appconfig banner name
  return (newTax && !config["new-menu"]) || (banner && event.on) ? flags.tableName : event.name; //~ flag aws-appconfig new-menu
}
