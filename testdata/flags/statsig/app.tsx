import { useGateValue, useExperiment, useStatsigClient } from "@statsig/react-bindings";

export function Page({ bouncer }: Props) {
  const on = useGateValue("new_page"); //~ flag statsig new_page
  const experiment = useExperiment("cta_test"); //~ flag statsig cta_test
  const { client } = useStatsigClient();
  return on && client.checkGate("beta", { disableExposureLog: true }) && bouncer.check("gate") ? experiment : null; //~ flag statsig beta
}
